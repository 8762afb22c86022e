import { lambdaContext, lambdaStatistics } from '../composition/lambda.ts';
import { lambdaMetrics } from '../composition/metrics.ts';
import { companyEventsHandler } from './handlers/company-events-handler.ts';

const context = lambdaContext();

/** Topic `company-events`, by its queue or directly → statistics. */
export const handler = companyEventsHandler(
  lambdaStatistics(context).receiveCompanyEvent,
  context.log,
  lambdaMetrics('statistics'),
);
