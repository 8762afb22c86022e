import { statisticsApi } from '../composition/apis.ts';
import { cursorSecretOf, lambdaContext, lambdaStatistics } from '../composition/lambda.ts';

const context = lambdaContext();

/** API Gateway → statistics. */
export const { handler } = statisticsApi(lambdaStatistics(context), cursorSecretOf(context), context.log);
