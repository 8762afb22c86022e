import type { DynamoDBRecord } from 'aws-lambda';
import type { StreamSource } from '../../src/adapters/local/stream-source.ts';

/** What a stream has told until now, shard by shard. */
export async function* recordsIn(
  source: StreamSource,
): AsyncGenerator<{ readonly shardId: string; readonly record: DynamoDBRecord }> {
  for (const { shardId } of await source.shards()) {
    for (let last: string | undefined; ;) {
      const { records } = await source.read(shardId, last);
      if (records.length === 0) break;
      for (const record of records) yield { shardId, record };
      last = records.at(-1)?.dynamodb?.SequenceNumber;
    }
  }
}

/** The stream of a table that was restored just now: it tells nothing of what was there before. */
export async function fromNowOn(source: StreamSource): Promise<StreamSource> {
  const ends = new Map<string, string | undefined>();
  for await (const { shardId, record } of recordsIn(source)) {
    ends.set(shardId, record.dynamodb?.SequenceNumber);
  }
  return {
    identity: () => source.identity(),
    shards: () => source.shards(),
    reaches: (shardId, sequenceNumber) => source.reaches(shardId, sequenceNumber),
    read: (shardId, after) => source.read(shardId, after ?? ends.get(shardId)),
  };
}
