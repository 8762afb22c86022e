import { statisticsApi } from '../composition/apis.ts';
import { lambdaContext, lambdaStatistics } from '../composition/lambda.ts';

const context = lambdaContext();

/** API Gateway → statistics. */
export const { handler } = statisticsApi(lambdaStatistics(context), context.log);
