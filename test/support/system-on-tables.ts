import type { DynamoDBRecord } from 'aws-lambda';
import { PutCommand, ScanCommand, type NativeAttributeValue } from '@aws-sdk/lib-dynamodb';
import { tableStream } from '../../src/adapters/dynamodb/table-stream.ts';
import type { StreamSource } from '../../src/adapters/local/stream-source.ts';
import { inParallel } from '../../src/domain/shared/in-parallel.ts';
import {
  profilesOnDynamoDb,
  statisticsOnDynamoDb,
} from '../../src/entrypoints/composition/dynamodb-adapters.ts';
import type { TestDynamoDb } from './dynoxide.ts';
import { recordsIn } from './stream-ends.ts';
import {
  WholeSystem,
  type ProfilesBackend,
  type StatisticsBackend,
  type WholeSystemOptions,
} from './whole-system.ts';

export type RawItem = Readonly<Record<string, NativeAttributeValue>>;

/** The names of the tables of a system. */
export interface Tables {
  readonly profiles: string;
  readonly statistics: string;
}

/** Both services in one thread, on the tables of an engine. */
export function systemOnTables(
  database: TestDynamoDb,
  { profiles, statistics }: Tables,
  options: Omit<WholeSystemOptions, 'profiles'> = {},
): WholeSystem {
  return new WholeSystem(statisticsOnTable(database, statistics), {
    ...options,
    profiles: profilesOnTable(database, profiles),
  });
}

// The engine's indexes are written with the table.
const NO_LAG = { lag: () => {}, catchUp: () => {} };

export function profilesOnTable(database: TestDynamoDb, table: string): ProfilesBackend {
  // Whoever reads on from elsewhere gets an iterator of its own.
  const stream = streamOf(database, table);
  return {
    ...NO_LAG,
    adapters: () => profilesOnDynamoDb(database.client, table),
    stream: () => stream,
  };
}

export function statisticsOnTable(database: TestDynamoDb, table: string): StatisticsBackend {
  const stream = streamOf(database, table);
  return { ...NO_LAG, adapters: statisticsOnDynamoDb(database.client, table, 0), stream: () => stream };
}

/** Every item of a table, in the order of its keys. */
export async function itemsOf({ client }: TestDynamoDb, table: string): Promise<RawItem[]> {
  const items: RawItem[] = [];
  let ExclusiveStartKey: Record<string, NativeAttributeValue> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  const keyOf = ({ pk, sk }: RawItem): string => `${pk} ${sk}`;
  return items.sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

/** Puts items as they are. */
export async function putItems(
  { client }: TestDynamoDb,
  table: string,
  items: readonly RawItem[],
): Promise<void> {
  await inParallel(items, 16, (Item) => client.send(new PutCommand({ TableName: table, Item })));
}

/** What the stream of a table has told, the oldest first. */
export async function recordsOf(database: TestDynamoDb, table: string): Promise<DynamoDBRecord[]> {
  const records: DynamoDBRecord[] = [];
  for await (const { record } of recordsIn(streamOf(database, table))) records.push(record);
  return records;
}

function streamOf({ client, endpoint }: TestDynamoDb, table: string): StreamSource {
  return tableStream(client, endpoint, table, () => {
    throw new Error('the stream was trimmed');
  });
}
