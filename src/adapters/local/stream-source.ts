import type { DynamoDBRecord } from 'aws-lambda';

/** One read of a shard: its records after a position, oldest first. */
export interface ShardRead {
  readonly records: readonly DynamoDBRecord[];
  /** Nothing more will ever come from this shard. */
  readonly ended: boolean;
}

/** The stream of a table, as the poller needs it. */
export interface StreamSource {
  /** The shards that there are; a parent is named only where it is among them. */
  shards(): Promise<readonly { readonly shardId: string; readonly parentShardId?: string }[]>;
  /** The records after a sequence number, or from the oldest that there is. */
  read(shardId: string, after: string | undefined): Promise<ShardRead>;
}
