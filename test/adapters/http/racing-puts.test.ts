import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { companyIdOf } from '../../../src/domain/shared/company-id.ts';
import { profilesInDynamoDb } from '../../support/dynamodb-fixtures.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { bothServices } from './both-services.ts';

const RIVALS = 100;

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(async () => {
  await dynamoDb.stop();
});

it('of 100 PUTs at once with one If-Match, one is done, and 99 are told that they came too late', async () => {
  const api = bothServices({ profiles: await profilesInDynamoDb(dynamoDb) });
  const body = { name: 'Acme', countryCode: 'US' };
  const { headers } = await api.send('POST /v1/companies', { body });
  const path = headers['location'] ?? '';

  const answers = await Promise.all(
    Array.from({ length: RIVALS }, (_, rival) =>
      api.send(`PUT ${path}`, {
        body: { ...body, name: `Acme ${rival}`, tags: [`rival-${rival}`] },
        headers: { 'if-match': '"1"' },
      }),
    ),
  );

  const [winner, ...others] = answers.filter(({ status }) => status === 200);
  expect(others).toEqual([]);
  expect(answers.filter(({ status }) => status === 412)).toHaveLength(RIVALS - 1);
  const won = answers.indexOf(winner!);
  expect(winner?.body).toMatchObject({ name: `Acme ${won}`, tags: [`rival-${won}`], version: 2 });
  const stored = await api.profiles.companies.find(companyIdOf(String(winner?.body['companyId'])), 'strong');
  expect(stored).toMatchObject({ name: `Acme ${won}`, tags: [`rival-${won}`], version: 2 });
  expect((await api.send(`GET ${path}`)).body).toEqual(winner?.body);
});
