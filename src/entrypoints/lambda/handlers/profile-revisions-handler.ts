import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { companyChangeOf } from '../../../adapters/dynamodb/profiles/company-change-record.ts';
import type { Log } from '../../../adapters/system/json-log.ts';
import type { RecordRevisions } from '../../../application/profiles/record-revisions.ts';
import { comesAgainFrom, readRecords, requestIdsOf } from './stream-batch.ts';

/** Profiles stream → revisions: keeps every version of every company. */
export function profileRevisionsHandler(recordRevisions: RecordRevisions, log: Log) {
  return async ({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const { read, unreadable } = readRecords(records, companyChangeOf);
    if (unreadable !== undefined)
      log.error('a record of the profiles stream cannot be read', { error: unreadable });
    await recordRevisions.execute(read);
    log.info('revisions recorded', { changes: read.length, requestIds: requestIdsOf(read) });
    return comesAgainFrom(records[read.length]);
  };
}
