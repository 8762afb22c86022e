import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ResourceInUseException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  type AttributeDefinition,
  type CreateGlobalSecondaryIndexAction,
  type CreateTableCommandInput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { keyAttributes, type IndexDefinition, type TableDefinition } from '../../../infra/tables.ts';

const WAIT_S = 60;

/** Creates the tables and the indexes that are missing, and waits until all of them can be used. */
export async function createTables(
  client: DynamoDBClient,
  tables: readonly TableDefinition[],
): Promise<void> {
  await Promise.all(tables.map((table) => createTable(client, table)));
}

async function createTable(client: DynamoDBClient, table: TableDefinition): Promise<void> {
  try {
    await client.send(new CreateTableCommand(creationOf(table)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists(
    { client, maxWaitTime: WAIT_S, minDelay: 1, maxDelay: 2 },
    { TableName: table.name },
  );
  await addMissingIndexes(client, table);
  await enableTimeToLive(client, table);
}

/** A table that an earlier version made may lack an index. DynamoDB builds one at a time. */
async function addMissingIndexes(client: DynamoDBClient, table: TableDefinition): Promise<void> {
  const describe = new DescribeTableCommand({ TableName: table.name });
  const { Table } = await client.send(describe);
  const known = new Set(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const index of table.indexes) {
    if (known.has(index.name)) continue;
    await client.send(
      new UpdateTableCommand({
        TableName: table.name,
        AttributeDefinitions: attributesOf(keyAttributes({ ...table, indexes: [index] })),
        GlobalSecondaryIndexUpdates: [{ Create: indexCreationOf(index) }],
      }),
    );
    await waitUntilBuilt(client, table.name, index.name);
  }
}

async function waitUntilBuilt(client: DynamoDBClient, table: string, index: string): Promise<void> {
  for (let waited = 0; waited < WAIT_S; waited++) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    const built = Table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index);
    if (built?.IndexStatus === 'ACTIVE') return;
    await delay(1_000);
  }
  throw new Error(`The index ${index} of ${table} was not built within ${WAIT_S} seconds.`);
}

function creationOf(table: TableDefinition): CreateTableCommandInput {
  return {
    TableName: table.name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributesOf(keyAttributes(table)),
    KeySchema: keySchema(table),
    GlobalSecondaryIndexes: table.indexes.map(indexCreationOf),
    StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream },
  };
}

function indexCreationOf(index: IndexDefinition): CreateGlobalSecondaryIndexAction {
  return {
    IndexName: index.name,
    KeySchema: keySchema(index),
    Projection:
      index.includes.length === 0
        ? { ProjectionType: 'KEYS_ONLY' }
        : { ProjectionType: 'INCLUDE', NonKeyAttributes: notKeys(index) },
  };
}

function attributesOf(names: readonly string[]): AttributeDefinition[] {
  return names.map((name) => ({ AttributeName: name, AttributeType: 'S' }));
}

type Keyed = Pick<IndexDefinition, 'partitionKey' | 'sortKey'>;

function keySchema({ partitionKey, sortKey }: Keyed): NonNullable<CreateTableCommandInput['KeySchema']> {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ];
}

const notKeys = (index: IndexDefinition): string[] =>
  index.includes.filter((name) => name !== index.partitionKey && name !== index.sortKey);

async function enableTimeToLive(client: DynamoDBClient, table: TableDefinition): Promise<void> {
  const { TimeToLiveDescription: now } = await client.send(
    new DescribeTimeToLiveCommand({ TableName: table.name }),
  );
  if (now?.TimeToLiveStatus === 'ENABLED' || now?.TimeToLiveStatus === 'ENABLING') return;
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: table.name,
      TimeToLiveSpecification: { Enabled: true, AttributeName: table.timeToLiveAttribute },
    }),
  );
}
