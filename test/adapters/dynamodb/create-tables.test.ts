import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { STATISTICS_TABLE } from '../../../infra/tables.ts';
import { createTables } from '../../../src/adapters/dynamodb/create-tables.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';

let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(async () => {
  await dynamoDb.stop();
});

const indexesOf = async (table: string): Promise<(string | undefined)[]> => {
  const { Table } = await dynamoDb.client.send(new DescribeTableCommand({ TableName: table }));
  return (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName).sort();
};

describe('creating tables', () => {
  it('adds the indexes that an earlier version did not have, with what is there already', async () => {
    const { client } = dynamoDb;
    const name = 'statistics-of-an-earlier-version';
    const [all] = STATISTICS_TABLE.indexes;
    await createTables(client, [{ ...STATISTICS_TABLE, name, indexes: [all] }]);
    const entry = { pk: 'BOARD#all#price#USD', sk: 'COMPANY#1', rankKey: 'x', companyName: 'A' };
    await client.send(new PutCommand({ TableName: name, Item: entry }));

    await createTables(client, [{ ...STATISTICS_TABLE, name }]);

    expect(await indexesOf(name)).toEqual(STATISTICS_TABLE.indexes.map((index) => index.name).sort());
    const { Items } = await client.send(
      new QueryCommand({
        TableName: name,
        IndexName: 'by-value',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': entry.pk },
      }),
    );
    expect(Items).toEqual([entry]);
  });

  it('leaves tables that are complete as they are', async () => {
    const { client } = dynamoDb;
    const table = { ...STATISTICS_TABLE, name: 'statistics-complete' };
    await createTables(client, [table]);
    await createTables(client, [table]);
    expect(await indexesOf(table.name)).toEqual(STATISTICS_TABLE.indexes.map((index) => index.name).sort());
  });
});
