import { afterAll, beforeAll } from '@jest/globals';
import { statisticsInDynamoDb } from '../support/dynamodb-fixtures.ts';
import { startDynamoDb, type TestDynamoDb } from '../support/dynoxide.ts';
import { statisticsInMemory } from '../support/statistics-fixture.ts';
import { countedDocumentsContract } from './counted-documents.contract.ts';
import { observationsContract } from './observations.contract.ts';
import { rollupRecordsContract } from './rollup-records.contract.ts';
import { seriesReadingsContract } from './series-readings.contract.ts';
import { setAsideEventsContract } from './set-aside-events.contract.ts';
import { trackedCompaniesContract } from './tracked-companies.contract.ts';
import { trackedSeriesContract } from './tracked-series.contract.ts';

let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(async () => {
  await dynamoDb.stop();
});

for (const contract of [
  trackedCompaniesContract,
  countedDocumentsContract,
  setAsideEventsContract,
  observationsContract,
  seriesReadingsContract,
  trackedSeriesContract,
  rollupRecordsContract,
]) {
  contract('in memory', () => statisticsInMemory());
  contract('in memory, with reads that are behind', () => statisticsInMemory(10));
  contract('in DynamoDB', () => statisticsInDynamoDb(dynamoDb));
}
