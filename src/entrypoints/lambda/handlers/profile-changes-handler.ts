import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { publishableChangeOf } from '../../../adapters/dynamodb/profiles/publishable-change-record.ts';
import type { Log } from '../../../adapters/system/json-log.ts';
import type { PublishCompanyChanges } from '../../../application/profiles/publish-company-changes.ts';
import { comesAgainFrom, readRecords, requestIdsOf } from './stream-batch.ts';

/** Profiles stream → topic: tells others what happened to companies and their documents. */
export function profileChangesHandler(publishChanges: PublishCompanyChanges, log: Log) {
  return async ({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const { read, unreadable } = readRecords(records, publishableChangeOf);
    if (unreadable !== undefined)
      log.error('a record of the profiles stream cannot be read', { error: unreadable });
    const failed = await publishChanges.execute(read);
    const [firstFailed] = failed;
    const published = read.filter((_, index) => !failed.includes(index));
    log.info('company changes published', {
      changes: published.length,
      requestIds: requestIdsOf(published),
    });
    if (firstFailed !== undefined) {
      log.warn('company events could not be published and come again', {
        from: firstFailed,
        of: read.length,
        requestIds: requestIdsOf(failed.map((index) => read[index]!)),
      });
    }
    // Without a failure, `read.length` is the unreadable record, or past the end.
    return comesAgainFrom(records[firstFailed ?? read.length]);
  };
}
