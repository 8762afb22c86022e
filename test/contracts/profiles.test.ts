import { afterAll, beforeAll } from '@jest/globals';
import { profilesInDynamoDb } from '../support/dynamodb-fixtures.ts';
import { startDynamoDb, type TestDynamoDb } from '../support/dynoxide.ts';
import { profilesInMemory } from '../support/profiles-fixture.ts';
import { companyDirectoryContract } from './company-directory.contract.ts';
import { companyRepositoryContract } from './company-repository.contract.ts';
import { documentsContract } from './documents.contract.ts';
import { identifierClaimsContract } from './identifier-claims.contract.ts';
import { identifierIndexContract } from './identifier-index.contract.ts';
import { importsContract } from './imports.contract.ts';
import { revisionLogContract } from './revision-log.contract.ts';
import { setAsideObjectsContract } from './set-aside-objects.contract.ts';

let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(async () => {
  await dynamoDb.stop();
});

const contracts = [
  companyRepositoryContract,
  identifierIndexContract,
  identifierClaimsContract,
  companyDirectoryContract,
  revisionLogContract,
  documentsContract,
  setAsideObjectsContract,
  importsContract,
];

for (const contract of contracts) {
  contract('in memory', () => profilesInMemory());
  contract('in memory, with reads that are behind', () => profilesInMemory(10));
  contract('in DynamoDB', () => profilesInDynamoDb(dynamoDb));
}
