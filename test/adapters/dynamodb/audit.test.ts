import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbCompanyDirectory } from '../../../src/adapters/dynamodb/profiles/dynamodb-company-directory.ts';
import { DynamoDbCompanyRepository } from '../../../src/adapters/dynamodb/profiles/dynamodb-company-repository.ts';
import { DynamoDbIdentifierIndex } from '../../../src/adapters/dynamodb/profiles/dynamodb-identifier-index.ts';
import { DynamoDbRevisionLog } from '../../../src/adapters/dynamodb/profiles/dynamodb-revision-log.ts';
import { DynamoDbSetAsideEvents } from '../../../src/adapters/dynamodb/statistics/dynamodb-set-aside-events.ts';
import { DynamoDbTrackedCompanies } from '../../../src/adapters/dynamodb/statistics/dynamodb-tracked-companies.ts';
import type { Company } from '../../../src/domain/profiles/company.ts';
import { AuditedServices } from '../../support/audited-services.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { ManualClock } from '../../support/manual-clock.ts';

let database: TestDynamoDb;
let tables: { readonly profiles: string; readonly statistics: string };
let services: AuditedServices;

beforeAll(async () => {
  database = await startDynamoDb();
  tables = await database.createTables();
  const { client } = database;
  const settle = (): void => {};
  services = new AuditedServices(
    {
      companies: new DynamoDbCompanyRepository(client, tables.profiles),
      directory: new DynamoDbCompanyDirectory(client, tables.profiles),
      identifiers: new DynamoDbIdentifierIndex(client, tables.profiles),
      revisions: new DynamoDbRevisionLog(client, tables.profiles),
      clock: new ManualClock(),
      settle,
    },
    {
      tracked: new DynamoDbTrackedCompanies(client, tables.statistics),
      setAside: new DynamoDbSetAsideEvents(client, tables.statistics),
      settle,
    },
  );
});

afterAll(async () => {
  await database.stop();
});

describe('the audit of tables that somebody has edited by hand', () => {
  const companies: Company[] = [];

  it('finds no drift before', async () => {
    for (let number = 0; number < 12; number++) {
      const company = await services.register({ name: `Name ${number}` });
      companies.push(
        await services.rename(await services.rename(company, `Second ${number}`), `Third ${number}`),
      );
    }
    companies[11] = await services.remove(companies[11]!);
    expect(await services.auditCompanies.execute()).toMatchObject({ companies: 11, tombstones: 1, drift: 0 });
  });

  it('finds each edit, and mends what can be mended', async () => {
    const [missing, renamed, moved, closed, hidden, behind, first, newest, both] = companies as [
      Company,
      Company,
      Company,
      Company,
      Company,
      Company,
      Company,
      Company,
      Company,
    ];
    await database.client.send(new DeleteCommand({ TableName: tables.statistics, Key: summaryOf(missing) }));
    await edit(renamed, 'companyName', 'False');
    await edit(moved, 'countryCode', 'FR');
    await edit(closed, 'status', 'dissolved');
    await edit(hidden, 'removed', true);
    await edit(behind, 'profileVersion', 2);
    await edit(companies[9]!, 'profileVersion', 9);
    await edit(companies[10]!, 'industry', { scheme: 'gics', code: '4010', label: 'Banks' });
    await edit(companies[11]!, 'removed', false);
    await loseRevisions(first, 1);
    await loseRevisions(newest, 3);
    await loseRevisions(both, 1, 2);
    await plantUnknown(companies[0]!);

    const found = await services.auditCompanies.execute();
    expect(
      found.findings.map(({ companyId, kind, version }) => [numberOf(companyId), kind, version]),
    ).toEqual([
      [1, 'missing-in-statistics', undefined],
      [2, 'name-differs', undefined],
      [3, 'country-differs', undefined],
      [4, 'status-differs', undefined],
      [5, 'tombstone-differs', undefined],
      [6, 'replica-behind', undefined],
      [7, 'revision-missing', 1],
      [8, 'revision-missing', 3],
      [9, 'revision-missing', 1],
      [9, 'revision-missing', 2],
      [10, 'replica-ahead', undefined],
      [11, 'industry-differs', undefined],
      [12, 'tombstone-differs', undefined],
      [99, 'unknown-to-profiles', undefined],
    ]);

    const mended = await services.auditCompanies.execute({ repair: true });
    expect(mended).toMatchObject({ drift: 1, repaired: 13, kinds: { 'replica-ahead': 1 } });
    expect(await services.profiles.revisions.find(first.companyId, 1)).toMatchObject({
      facts: { name: 'Name 6' },
      reconstructed: true,
    });
  });
});

function numberOf(companyId: string): number {
  return parseInt(companyId.slice(-12), 16);
}

function summaryOf({ companyId }: Pick<Company, 'companyId'>) {
  return { pk: `COMPANY#${companyId}`, sk: 'SUMMARY' };
}

async function edit(company: Company, attribute: string, value: unknown): Promise<void> {
  await database.client.send(
    new UpdateCommand({
      TableName: tables.statistics,
      Key: summaryOf(company),
      UpdateExpression: 'SET #attribute = :value',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
}

async function loseRevisions({ companyId }: Company, ...versions: readonly number[]): Promise<void> {
  for (const version of versions) {
    const sk = `REVISION#${String(version).padStart(10, '0')}`;
    const request = new DeleteCommand({
      TableName: tables.profiles,
      Key: { pk: `COMPANY#${companyId}`, sk },
      ConditionExpression: 'attribute_exists(pk)',
    });
    await database.client.send(request);
  }
}

async function plantUnknown(company: Company): Promise<void> {
  const companyId = companyIdAt(99);
  const { facts, position, ...others } = services.replicaOf(company);
  const Item = {
    ...others,
    ...facts,
    ...summaryOf({ companyId }),
    companyId,
    profileEpoch: position.epoch,
    profileVersion: position.version,
    allKey: 'ALL#3',
  };
  await database.client.send(new PutCommand({ TableName: tables.statistics, Item }));
}
