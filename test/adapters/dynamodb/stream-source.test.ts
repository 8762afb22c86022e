import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { tableStream } from '../../../src/adapters/dynamodb/table-stream.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';

let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(async () => {
  await dynamoDb.stop();
});

// The local engine describes the end of a shard by the greatest text: of 9 and 12 it names 9.
it('reaches as far as the stream does, whatever the number of digits', async () => {
  const { client, endpoint, createTables } = dynamoDb;
  const { statistics: table } = await createTables();
  for (let number = 0; number < 12; number++) {
    await client.send(new PutCommand({ TableName: table, Item: { pk: `item-${number}`, sk: 'SUMMARY' } }));
  }
  const stream = tableStream(client, endpoint, table, () => {});
  const [shard] = await stream.shards();
  const { records } = await stream.read(shard!.shardId, undefined);
  const newest = records.at(-1)!.dynamodb!.SequenceNumber!;
  expect(await stream.reaches(shard!.shardId, newest)).toBe(true);
  expect(await stream.reaches(shard!.shardId, records[0]!.dynamodb!.SequenceNumber!)).toBe(true);
  expect(await stream.reaches(shard!.shardId, String(BigInt(newest) + 1n))).toBe(false);
});
