import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { touchedOf } from '../../../adapters/dynamodb/statistics/touched-record.ts';
import type { Log } from '../../../adapters/system/json-log.ts';
import type { ProjectStatistics } from '../../../application/statistics/project-statistics.ts';
import { comesAgainFrom, readRecords, requestIdsOf } from './stream-batch.ts';

/** Statistics stream → boards, aggregates and identifiers: what changed is projected. */
export function statisticsChangesHandler(projectStatistics: ProjectStatistics, log: Log) {
  return async ({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const { read, unreadable } = readRecords(records, touchedOf);
    if (unreadable !== undefined)
      log.error('a record of the statistics stream cannot be read', { error: unreadable });
    await projectStatistics.execute(read);
    log.info('statistics projected', { changes: read.length, requestIds: requestIdsOf(read) });
    return comesAgainFrom(records[read.length]);
  };
}
