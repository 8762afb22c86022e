import { ReceiveCompanyEvent } from '../../application/statistics/receive-company-event.ts';
import { figuresOnDynamoDb, inboxOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { lambdaStatistics } from '../composition/lambda-statistics.ts';
import { lambdaContext } from '../composition/lambda.ts';
import { lambdaMetrics } from '../composition/metrics.ts';
import { bindCompanyEvents } from '../composition/statistics-use-cases.ts';
import { companyEventsHandler } from './handlers/company-events-handler.ts';
import { reticent } from './handlers/reticent.ts';

const context = lambdaContext();
const statistics = lambdaStatistics(context, [figuresOnDynamoDb, inboxOnDynamoDb], bindCompanyEvents);

/** Topic `company-events`, by its queue or directly → statistics. */
export const handler = reticent(
  companyEventsHandler(statistics.get(ReceiveCompanyEvent), context.log, lambdaMetrics('statistics')),
  context.log,
);
