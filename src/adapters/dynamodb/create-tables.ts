import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  type CreateTableCommandInput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { keyAttributes, type IndexDefinition, type TableDefinition } from '../../../infra/tables.ts';

const WAIT_S = 60;

/** Creates the tables that are missing, and waits until all of them can be used. */
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
  await enableTimeToLive(client, table);
}

function creationOf(table: TableDefinition): CreateTableCommandInput {
  return {
    TableName: table.name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keyAttributes(table).map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: keySchema(table),
    GlobalSecondaryIndexes: table.indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index),
      Projection:
        index.includes.length === 0
          ? { ProjectionType: 'KEYS_ONLY' }
          : { ProjectionType: 'INCLUDE', NonKeyAttributes: notKeys(index) },
    })),
    StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream },
  };
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
