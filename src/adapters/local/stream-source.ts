import type { DynamoDBRecord } from 'aws-lambda';

/** One read of a shard: its records after a position, oldest first. */
export interface ShardRead {
  readonly records: readonly DynamoDBRecord[];
  /** Nothing more will ever come from this shard. */
  readonly ended: boolean;
}

export interface ShardInfo {
  readonly shardId: string;
  /** Named only where it is among the shards. */
  readonly parentShardId?: string;
}

/** The stream of a table, as the poller needs it. */
export interface StreamSource {
  /** Which stream this is: a position in one means nothing in another. */
  identity(): Promise<string>;
  shards(): Promise<readonly ShardInfo[]>;
  /** Whether the shard goes as far as a record: has it, or a later one. */
  reaches(shardId: string, sequenceNumber: string): Promise<boolean>;
  /** The records after a sequence number, or from the oldest that there is. */
  read(shardId: string, after: string | undefined): Promise<ShardRead>;
}
