import { afterAll, beforeAll } from '@jest/globals';
import { boardsInDynamoDb, boardsInMemory } from '../support/boards-fixture.ts';
import { startDynamoDb, type TestDynamoDb } from '../support/dynoxide.ts';
import { boardRecordsContract } from './board-records.contract.ts';
import { boardsContract } from './boards.contract.ts';
import { metricDefinitionsContract } from './metric-definitions.contract.ts';
import { pendingObservationsContract } from './pending-observations.contract.ts';
import { rankingsContract } from './rankings.contract.ts';

let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(async () => {
  await dynamoDb.stop();
});

for (const contract of [
  boardsContract,
  boardRecordsContract,
  rankingsContract,
  metricDefinitionsContract,
  pendingObservationsContract,
]) {
  contract('in memory', () => boardsInMemory());
  contract('in memory, with reads that are behind', () => boardsInMemory(10));
  contract('in DynamoDB', () => boardsInDynamoDb(dynamoDb));
}
