import { lambdaContext, lambdaStatistics } from '../composition/lambda.ts';
import { metricChangesHandler } from './handlers/metric-changes-handler.ts';

const context = lambdaContext();

/** Stream of the statistics table → boards of a metric whose definition has changed. */
export const handler = metricChangesHandler(lambdaStatistics(context).projectMetric, context.log);
