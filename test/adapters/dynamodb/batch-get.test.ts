import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../../src/adapters/dynamodb/batch-get.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';

const KEYS = Array.from({ length: 150 }, (_, number) => ({ pk: `pk${number}`, sk: 'sk' }));

let dynamoDb: TestDynamoDb;
let table: string;
const pauses: number[] = [];
const pause = async (tries: number): Promise<void> => void pauses.push(tries);

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  table = (await dynamoDb.createTables()).profiles;
  for (const key of KEYS.slice(0, 140)) {
    await dynamoDb.client.send(new PutCommand({ TableName: table, Item: key }));
  }
});

afterAll(() => dynamoDb.stop());

afterEach(() => {
  dynamoDb.client.middlewareStack.remove('busy');
  pauses.length = 0;
});

/** Has the database leave all but so many of the keys of each request to another one. */
function answeringAtMost(most: number): void {
  dynamoDb.client.middlewareStack.add(
    (next) => async (args) => {
      const { RequestItems } = args.input as unknown as { RequestItems: Record<string, { Keys: object[] }> };
      const { Keys } = RequestItems[table]!;
      const left = Keys.slice(most);
      RequestItems[table]!.Keys = Keys.slice(0, Math.max(1, most));
      const result = await next(args);
      const output = result.output as unknown as Record<string, unknown>;
      if (most === 0) output['Responses'] = {};
      if (left.length > 0) output['UnprocessedKeys'] = { [table]: { Keys: left } };
      return result;
    },
    { step: 'initialize', name: 'busy', priority: 'low' },
  );
}

describe('many keys', () => {
  it('are read by requests of 100, and those that have no item give none', async () => {
    const items = await batchGet(dynamoDb.client, table, KEYS, pause);

    expect(items.map(({ pk }) => pk).sort()).toEqual(
      KEYS.slice(0, 140)
        .map(({ pk }) => pk)
        .sort(),
    );
  });

  it('are asked for again where the database was too busy for some', async () => {
    answeringAtMost(40);

    const items = await batchGet(dynamoDb.client, table, KEYS.slice(0, 100), pause);

    expect(items).toHaveLength(100);
    expect(pauses).toEqual([1, 2]);
  });

  it('are given up where it stays too busy', async () => {
    answeringAtMost(0);

    await expect(batchGet(dynamoDb.client, table, KEYS.slice(0, 3), pause)).rejects.toThrow(Unavailable);
    expect(pauses).toHaveLength(7);
  });
});
