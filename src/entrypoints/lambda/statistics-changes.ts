import { lambdaContext, lambdaStatistics } from '../composition/lambda.ts';
import { statisticsChangesHandler } from './handlers/statistics-changes-handler.ts';

const context = lambdaContext();

/** Stream of the statistics table → boards, aggregates and identifiers. */
export const handler = statisticsChangesHandler(lambdaStatistics(context).projectStatistics, context.log);
