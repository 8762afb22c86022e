import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchGet } from './batch-get.ts';
import type { Item } from './errors.ts';
import { ALL_KEYS, type ItemKey } from './keys.ts';
import { query } from './query.ts';

const BATCH = 100;
/** Entries that a shard reads at once: eight shards hold their pages while they are merged. */
const PAGE = 500;

export interface Entry extends ItemKey {
  readonly companyId: string;
}

/**
 * Every item of the index `all` whose entry is wanted, whole and as of now, in ascending order of companyId. One batch is read ahead, so that
 * memory is bounded whatever the table's size.
 *
 * @throws Unavailable
 */
export async function* allItems(
  client: DynamoDBDocumentClient,
  tableName: string,
  isWanted: (entry: Entry) => boolean = () => true,
): AsyncGenerator<Item> {
  const entries = filtered(allEntries(client, tableName), isWanted);
  let ahead = nextItems(client, tableName, entries);
  try {
    for (let items = await ahead; items !== undefined; items = await ahead) {
      ahead = nextItems(client, tableName, entries);
      // Its failure is told when it is awaited, also where the reader stops before.
      ahead.catch(() => {});
      yield* items;
    }
  } finally {
    await entries.return(undefined);
  }
}

/**
 * Every entry of the index `all`, which may be behind by some writes, in ascending order of companyId.
 *
 * @param after the companyId after which to begin
 * @throws Unavailable
 */
export function allEntries(
  client: DynamoDBDocumentClient,
  tableName: string,
  after?: string,
): AsyncGenerator<Entry> {
  return merged(ALL_KEYS.map((shard) => entriesOf(client, tableName, shard, after)));
}

async function* filtered(
  entries: AsyncGenerator<Entry>,
  isWanted: (entry: Entry) => boolean,
): AsyncGenerator<Entry> {
  for await (const entry of entries) if (isWanted(entry)) yield entry;
}

function entriesOf(
  client: DynamoDBDocumentClient,
  tableName: string,
  shard: string,
  after: string | undefined,
): AsyncGenerator<Item> {
  return query(client, {
    TableName: tableName,
    IndexName: 'all',
    KeyConditionExpression:
      after === undefined ? 'allKey = :shard' : 'allKey = :shard AND companyId > :after',
    ExpressionAttributeValues: { ':shard': shard, ...(after !== undefined && { ':after': after }) },
    Limit: PAGE,
  });
}

/** The entries of sorted shards, sorted. */
async function* merged(shards: readonly AsyncGenerator<Item>[]): AsyncGenerator<Entry> {
  const heads = await Promise.all(shards.map(async (shard) => ({ shard, entry: await nextEntry(shard) })));
  for (;;) {
    let first: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (head.entry && (!first?.entry || head.entry.companyId < first.entry.companyId)) first = head;
    }
    if (!first?.entry) return;
    yield first.entry;
    first.entry = await nextEntry(first.shard);
  }
}

async function nextEntry(shard: AsyncGenerator<Item>): Promise<Entry | undefined> {
  const next: IteratorResult<Item, unknown> = await shard.next();
  return next.done ? undefined : (next.value as unknown as Entry);
}

async function nextItems(
  client: DynamoDBDocumentClient,
  tableName: string,
  entries: AsyncGenerator<Entry>,
): Promise<Item[] | undefined> {
  const batch: Entry[] = [];
  while (batch.length < BATCH) {
    const next: IteratorResult<Entry, unknown> = await entries.next();
    if (next.done) break;
    batch.push(next.value);
  }
  if (batch.length === 0) return undefined;
  const items = await batchGet(client, tableName, batch);
  return items.sort((left, right) => (String(left['companyId']) < String(right['companyId']) ? -1 : 1));
}
