import { statisticsInvocations } from '../composition/invocations.ts';
import { cursorSecretOf, lambdaContext, lambdaStatistics } from '../composition/lambda.ts';

const context = lambdaContext();

/** Direct invocation → statistics: `{operation, input}`, as `StatisticsOperations` says. */
export const handler = statisticsInvocations(lambdaStatistics(context), cursorSecretOf(context), context.log);
