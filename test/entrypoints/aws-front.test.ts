import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoDbTrackedCompanies } from '../../src/adapters/dynamodb/statistics/dynamodb-tracked-companies.ts';
import { readConfig } from '../../src/entrypoints/composition/config.ts';
import { startAwsFront } from '../../src/entrypoints/local/aws-front.ts';
import type { LocalSystem } from '../../src/entrypoints/local/local-system.ts';
import { companyIdAt } from '../support/company-mother.ts';
import { startDynamoDb, type TestDynamoDb } from '../support/dynoxide.ts';
import { aTrackedCompany } from '../support/tracked-company-mother.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
/** What AWS's own clients take from the environment. */
const ENVIRONMENT = ['AWS_ENDPOINT_URL_DYNAMODB', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

let dynamoDb: TestDynamoDb;
let system: LocalSystem;
const before = ENVIRONMENT.map((name) => [name, process.env[name]] as const);

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  const { profiles, statistics } = await dynamoDb.createTables();
  await new DynamoDbTrackedCompanies(dynamoDb.client, statistics).follow(aTrackedCompany(1));
  for (const [index, value] of [dynamoDb.endpoint, 'us-east-1', 'local', 'local'].entries())
    process.env[ENVIRONMENT[index]!] = value;
  const companyEventsTopicArn = 'arn:aws:sns:us-east-1:000000000000:company-events';
  system = await startAwsFront(
    readConfig({ PORT: '0' }),
    { profilesTable: profiles, statisticsTable: statistics, companyEventsTopicArn },
    silent,
  );
});

afterAll(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await system.stop();
  await dynamoDb.stop();
});

describe('this machine before the tables of a deployment', () => {
  const read = async (path: string, id = companyIdAt(1)) => {
    const response = await fetch(`${system.url}${path}/statistics/companies/${id}`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('serves the route without a Lambda as the one with it', async () => {
    const direct = await read('/v1/direct');
    expect(direct).toMatchObject({ status: 200, body: { companyName: 'Name 1' } });
    expect(direct).toEqual(await read('/v1'));
    expect((await read('/v1/direct', companyIdAt(9))).status).toBe(404);
  });
});
