import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { metricOf } from '../../../adapters/dynamodb/statistics/touched-record.ts';
import type { Log } from '../../../adapters/system/json-log.ts';
import type { ProjectMetric } from '../../../application/statistics/project-metric.ts';
import { comesAgainFrom, readRecords } from './stream-batch.ts';

/** Statistics stream → boards: a metric that became ranked is projected, one that no longer is withdrawn. */
export function metricChangesHandler(projectMetric: ProjectMetric, log: Log) {
  return async ({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const { read, unreadable } = readRecords(records, metricOf);
    if (unreadable !== undefined)
      log.error('a record of the statistics stream cannot be read', { error: unreadable });
    for (const metric of new Set(read)) await projectMetric.execute(metric);
    return comesAgainFrom(records[read.length]);
  };
}
