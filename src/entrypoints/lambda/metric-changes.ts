import { ProjectMetric } from '../../application/statistics/project-metric.ts';
import { boardsOnDynamoDb, figuresOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { lambdaStatistics } from '../composition/lambda-statistics.ts';
import { lambdaContext } from '../composition/lambda.ts';
import { bindMetricProjector } from '../composition/statistics-use-cases.ts';
import { metricChangesHandler } from './handlers/metric-changes-handler.ts';
import { reticent } from './handlers/reticent.ts';

const context = lambdaContext();
const statistics = lambdaStatistics(context, [figuresOnDynamoDb, boardsOnDynamoDb], bindMetricProjector);

/** Stream of the statistics table → boards of a metric whose definition has changed. */
export const handler = reticent(
  metricChangesHandler(statistics.get(ProjectMetric), context.log),
  context.log,
);
