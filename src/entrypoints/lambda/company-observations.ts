import { lambdaContext, lambdaStatistics } from '../composition/lambda.ts';
import { lambdaMetrics } from '../composition/metrics.ts';
import { companyObservationsHandler } from './handlers/company-observations-handler.ts';

const context = lambdaContext();

/** Topic `company-observations`, by its queue or directly → statistics. */
export const handler = companyObservationsHandler(
  lambdaStatistics(context).receiveObservations,
  context.log,
  lambdaMetrics('statistics'),
);
