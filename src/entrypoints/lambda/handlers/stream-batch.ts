import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';

/** What a batch's records say, up to the first one that cannot be read. */
export interface ReadableRecords<Read> {
  readonly read: readonly Read[];
  /** Why the record at `read.length` cannot be read. */
  readonly unreadable?: unknown;
}

export function readRecords<Read>(
  records: readonly DynamoDBRecord[],
  reader: (record: DynamoDBRecord) => Read,
): ReadableRecords<Read> {
  const read: Read[] = [];
  for (const record of records) {
    try {
      read.push(reader(record));
    } catch (unreadable) {
      return { read, unreadable };
    }
  }
  return { read };
}

/** The requests that led to changes, each once: by them a change is found on its whole way. */
export function requestIdsOf(changes: readonly { readonly requestId?: string }[]): readonly string[] {
  return [...new Set(changes.flatMap(({ requestId }) => requestId ?? []))];
}

/** Reports the record from which on the batch must come again, as event source mappings expect it. */
export function comesAgainFrom(record: DynamoDBRecord | undefined): DynamoDBBatchResponse {
  const itemIdentifier = record?.dynamodb?.SequenceNumber;
  return { batchItemFailures: itemIdentifier === undefined ? [] : [{ itemIdentifier }] };
}
