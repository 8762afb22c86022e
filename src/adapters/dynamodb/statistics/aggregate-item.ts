import { createHash } from 'node:crypto';
import type { Aggregate } from '../../../domain/statistics/aggregate.ts';
import type { Item } from '../errors.ts';

/** Many companies of a group change at once: each shard is changed by some of them. */
const SHARDS = 4;

export const AGGREGATE_SHARDS: readonly number[] = Array.from({ length: SHARDS }, (_, shard) => shard);

export interface StoredAggregate extends Aggregate {
  /** Rises with every change; 0 where nothing is stored. An aggregate of nothing stays, so that it never begins anew. */
  readonly revision: number;
}

/** The shard that counts a company, the same one always. */
export function shardOf(companyId: string): number {
  const [byte = 0] = createHash('sha256').update(companyId).digest();
  return byte % SHARDS;
}

/** Decimals are kept as texts: a sum may have more digits than a number of DynamoDB. */
export function aggregateAttributes({ count, sum, revision }: StoredAggregate): StoredAggregate {
  return { count, sum, revision };
}

export function aggregateOf(item: Item): StoredAggregate {
  return aggregateAttributes(item as unknown as StoredAggregate);
}
