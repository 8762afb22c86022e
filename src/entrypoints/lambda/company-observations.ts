import { ReceiveObservations } from '../../application/statistics/receive-observations.ts';
import { figuresOnDynamoDb, inboxOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { lambdaStatistics } from '../composition/lambda-statistics.ts';
import { lambdaContext } from '../composition/lambda.ts';
import { lambdaMetrics } from '../composition/metrics.ts';
import { bindCompanyObservations, bindPending, bindRecording } from '../composition/statistics-use-cases.ts';
import { companyObservationsHandler } from './handlers/company-observations-handler.ts';
import { reticent } from './handlers/reticent.ts';

const context = lambdaContext();
const statistics = lambdaStatistics(
  context,
  [figuresOnDynamoDb, inboxOnDynamoDb],
  bindRecording,
  bindPending,
  bindCompanyObservations,
);

/** Topic `company-observations`, by its queue or directly → statistics. */
export const handler = reticent(
  companyObservationsHandler(statistics.get(ReceiveObservations), context.log, lambdaMetrics('statistics')),
  context.log,
);
