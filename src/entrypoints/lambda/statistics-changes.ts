import { ProjectStatistics } from '../../application/statistics/project-statistics.ts';
import { boardsOnDynamoDb, figuresOnDynamoDb, inboxOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { lambdaStatistics } from '../composition/lambda-statistics.ts';
import { lambdaContext } from '../composition/lambda.ts';
import {
  bindMetricProjector,
  bindPending,
  bindProjector,
  bindRecording,
} from '../composition/statistics-use-cases.ts';
import { statisticsChangesHandler } from './handlers/statistics-changes-handler.ts';
import { reticent } from './handlers/reticent.ts';

const context = lambdaContext();
const statistics = lambdaStatistics(
  context,
  [figuresOnDynamoDb, inboxOnDynamoDb, boardsOnDynamoDb],
  bindRecording,
  bindPending,
  bindMetricProjector,
  bindProjector,
);

/** Stream of the statistics table → boards, aggregates and identifiers. */
export const handler = reticent(
  statisticsChangesHandler(statistics.get(ProjectStatistics), context.log),
  context.log,
);
