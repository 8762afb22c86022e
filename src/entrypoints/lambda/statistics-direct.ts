import { statisticsInvocations } from '../composition/invocations.ts';
import { figuresOnDynamoDb, inboxOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { lambdaStatistics } from '../composition/lambda-statistics.ts';
import { cursorSecretOf, lambdaContext } from '../composition/lambda.ts';
import {
  bindCompanyEvents,
  bindCompanyObservations,
  bindFigures,
  bindPending,
  bindRecording,
  bindUpkeep,
  invocableStatistics,
} from '../composition/statistics-use-cases.ts';

const context = lambdaContext();
const statistics = invocableStatistics(
  lambdaStatistics(
    context,
    [figuresOnDynamoDb, inboxOnDynamoDb],
    bindFigures,
    bindRecording,
    bindPending,
    bindCompanyEvents,
    bindCompanyObservations,
    bindUpkeep,
  ),
);

/** Direct invocation → statistics: `{operation, input}`, as `StatisticsOperations` says. */
export const handler = statisticsInvocations(statistics, cursorSecretOf(context), context.log);
