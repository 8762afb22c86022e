import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoDbClient } from '../../../src/adapters/dynamodb/document-client.ts';
import { queryAction } from '../../../src/adapters/dynamodb/query-action.ts';
import { DynamoDbTrackedCompanies } from '../../../src/adapters/dynamodb/statistics/dynamodb-tracked-companies.ts';
import { dynamoDbAction } from '../../../src/adapters/local/dynamodb-action.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';

let dynamoDb: TestDynamoDb;
let table: string;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  ({ statistics: table } = await dynamoDb.createTables());
  const tracked = new DynamoDbTrackedCompanies(dynamoDb.client, table);
  await tracked.follow(aTrackedCompany(1, { companyName: 'Société "Générale" 🏭' }));
});
afterAll(() => dynamoDb.stop());

const queryFor = (companyId: string, TableName = table): string =>
  JSON.stringify({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': { S: `COMPANY#${companyId}` }, ':prefix': { S: 'SUMMARY' } },
    Limit: 1_000,
  });

describe('a Query by the client', () => {
  const both = async (body: string) => {
    const client = dynamoDbClient({ endpoint: dynamoDb.endpoint });
    const [own, raw] = [queryAction(client), dynamoDbAction(dynamoDb.endpoint, 'Query')];
    const answers = [await own(body), await raw(body)];
    client.destroy();
    return answers.map((answer) => ({
      status: answer.status,
      body: JSON.parse(answer.body) as { readonly __type?: string },
    }));
  };

  it.each([
    ['of a company', () => queryFor(companyIdAt(1))],
    ['of nothing', () => queryFor(companyIdAt(9))],
  ])('%s is answered as API Gateway would see it', async (_, body) => {
    const [own, raw] = await both(body());
    expect(own?.status).toBe(200);
    expect(own).toEqual(raw);
  });

  it.each([
    ['of a table that is not there', () => queryFor(companyIdAt(1), 'no-table')],
    ['without anything', () => '{}'],
  ])('%s is refused as API Gateway would see it', async (_, body) => {
    const [own, raw] = await both(body());
    expect(own?.status).toBe(400);
    expect(raw).toMatchObject({
      status: 400,
      body: { __type: expect.stringContaining(String(own?.body.__type)) as unknown },
    });
  });

  it('that nobody answers is unavailable', async () => {
    const send = async (): Promise<never> => {
      throw new Error('connect ECONNREFUSED');
    };
    await expect(queryAction({ send })('{}')).rejects.toThrow(Unavailable);
  });
});
