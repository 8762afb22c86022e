import { statisticsApi } from '../composition/apis.ts';
import { figuresOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { lambdaStatistics } from '../composition/lambda-statistics.ts';
import { lambdaApiOptions, lambdaContext } from '../composition/lambda.ts';
import { bindFigures, bindRecording, statisticsApiUseCases } from '../composition/statistics-use-cases.ts';

const context = lambdaContext();
const statistics = statisticsApiUseCases(
  lambdaStatistics(context, [figuresOnDynamoDb], bindFigures, bindRecording),
);

/** API Gateway → statistics. */
export const { handler } = statisticsApi(statistics, lambdaApiOptions(context));
