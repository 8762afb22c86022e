import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
  type _Record,
  type DynamoDBStreamsClient,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import type { ShardInfo, ShardRead, StreamSource } from '../local/stream-source.ts';

/** How long the list of shards is good for, in reads of them. */
const SHARDS_EVERY = 100;
const RECORDS = 1_000;

/** The stream of a table in an engine that speaks the DynamoDB Streams API. */
export class DynamoDbStreamSource implements StreamSource {
  private streamArn: string | undefined;
  private known: readonly ShardInfo[] = [];
  private reads = 0;
  /** By shard, an iterator that goes on right after a sequence number. */
  private readonly iterators = new Map<
    string,
    { readonly after: string | undefined; readonly iterator: string }
  >();

  constructor(
    private readonly client: DynamoDBClient,
    private readonly streams: DynamoDBStreamsClient,
    private readonly tableName: string,
    private readonly onTrimmed: (shardId: string, after: string) => void,
  ) {}

  async identity(): Promise<string> {
    return this.arn();
  }

  async shards(): Promise<readonly ShardInfo[]> {
    if (this.reads++ % SHARDS_EVERY === 0) this.known = identified(await this.describe());
    return this.known;
  }

  async reaches(shardId: string, sequenceNumber: string): Promise<boolean> {
    // Not by the EndingSequenceNumber that the stream describes: the local engine takes the greatest text, `9` of 9 and 10.
    const { ShardIterator } = await this.streams
      .send(
        new GetShardIteratorCommand({
          StreamArn: await this.arn(),
          ShardId: shardId,
          ShardIteratorType: 'AT_SEQUENCE_NUMBER',
          SequenceNumber: sequenceNumber,
        }),
      )
      .catch((error: unknown) => {
        if (error instanceof TrimmedDataAccessException) return { ShardIterator: undefined };
        throw error;
      });
    // Only what is behind the newest record is ever trimmed.
    if (ShardIterator === undefined) return true;
    const { Records = [] } = await this.streams.send(new GetRecordsCommand({ ShardIterator, Limit: 1 }));
    return Records.length > 0;
  }

  async read(shardId: string, after: string | undefined): Promise<ShardRead> {
    const kept = this.iterators.get(shardId);
    try {
      const iterator = kept && kept.after === after ? kept.iterator : await this.iteratorOf(shardId, after);
      const { Records = [], NextShardIterator } = await this.streams.send(
        new GetRecordsCommand({ ShardIterator: iterator, Limit: RECORDS }),
      );
      const last = Records.at(-1)?.dynamodb?.SequenceNumber ?? after;
      if (NextShardIterator === undefined) this.iterators.delete(shardId);
      else this.iterators.set(shardId, { after: last, iterator: NextShardIterator });
      return { records: Records.map(recordOf), ended: NextShardIterator === undefined };
    } catch (error) {
      this.iterators.delete(shardId);
      // A new iterator, by the next read.
      if (error instanceof ExpiredIteratorException && kept) return { records: [], ended: false };
      throw error;
    }
  }

  private async iteratorOf(shardId: string, after: string | undefined): Promise<string> {
    const shard = { StreamArn: await this.arn(), ShardId: shardId };
    const oldest = { ...shard, ShardIteratorType: 'TRIM_HORIZON' } as const;
    const { ShardIterator } = await this.streams
      .send(
        new GetShardIteratorCommand(
          after === undefined
            ? oldest
            : { ...shard, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after },
        ),
      )
      .catch((error: unknown) => {
        if (!(error instanceof TrimmedDataAccessException) || after === undefined) throw error;
        this.onTrimmed(shardId, after);
        return this.streams.send(new GetShardIteratorCommand(oldest));
      });
    if (ShardIterator === undefined)
      throw new Error(`Shard ${shardId} of ${this.tableName} has no iterator.`);
    return ShardIterator;
  }

  private async describe(): Promise<Shard[]> {
    const shards: Shard[] = [];
    const StreamArn = await this.arn();
    for (let last: string | undefined; ;) {
      const { StreamDescription } = await this.streams.send(
        new DescribeStreamCommand({ StreamArn, ...(last !== undefined && { ExclusiveStartShardId: last }) }),
      );
      shards.push(...(StreamDescription?.Shards ?? []));
      last = StreamDescription?.LastEvaluatedShardId;
      if (last === undefined) return shards;
    }
  }

  private async arn(): Promise<string> {
    if (this.streamArn === undefined) {
      const { Table } = await this.client.send(new DescribeTableCommand({ TableName: this.tableName }));
      if (Table?.LatestStreamArn === undefined) throw new Error(`Table ${this.tableName} has no stream.`);
      this.streamArn = Table.LatestStreamArn;
    }
    return this.streamArn;
  }
}

/** A parent that the stream no longer has is done. */
function identified(shards: readonly Shard[]): ShardInfo[] {
  const present = new Set(shards.map(({ ShardId }) => ShardId));
  return shards.map(({ ShardId = '', ParentShardId }) => ({
    shardId: ShardId,
    ...(ParentShardId !== undefined && present.has(ParentShardId) && { parentShardId: ParentShardId }),
  }));
}

/** The same record as Lambda hands it to a function. */
function recordOf({ eventID, eventName, dynamodb = {} }: _Record): DynamoDBRecord {
  const image = (attributes: unknown): Record<string, AttributeValue> =>
    attributes as Record<string, AttributeValue>;
  return {
    ...(eventID !== undefined && { eventID }),
    ...(eventName !== undefined && { eventName }),
    eventSource: 'aws:dynamodb',
    dynamodb: {
      ...(dynamodb.Keys && { Keys: image(dynamodb.Keys) }),
      ...(dynamodb.NewImage && { NewImage: image(dynamodb.NewImage) }),
      ...(dynamodb.OldImage && { OldImage: image(dynamodb.OldImage) }),
      ...(dynamodb.SequenceNumber !== undefined && { SequenceNumber: dynamodb.SequenceNumber }),
      ...(dynamodb.ApproximateCreationDateTime && {
        ApproximateCreationDateTime: dynamodb.ApproximateCreationDateTime.getTime() / 1000,
      }),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
}
