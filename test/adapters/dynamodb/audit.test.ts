import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbCompanyDirectory } from '../../../src/adapters/dynamodb/profiles/dynamodb-company-directory.ts';
import { DynamoDbCompanyRepository } from '../../../src/adapters/dynamodb/profiles/dynamodb-company-repository.ts';
import { DynamoDbDocuments } from '../../../src/adapters/dynamodb/profiles/dynamodb-documents.ts';
import { DynamoDbIdentifierClaims } from '../../../src/adapters/dynamodb/profiles/dynamodb-identifier-claims.ts';
import { DynamoDbIdentifierIndex } from '../../../src/adapters/dynamodb/profiles/dynamodb-identifier-index.ts';
import { DynamoDbImports } from '../../../src/adapters/dynamodb/profiles/dynamodb-imports.ts';
import { DynamoDbRevisionLog } from '../../../src/adapters/dynamodb/profiles/dynamodb-revision-log.ts';
import { DynamoDbSetAsideObjects } from '../../../src/adapters/dynamodb/profiles/dynamodb-set-aside-objects.ts';
import { entryAttributes } from '../../../src/adapters/dynamodb/statistics/standing-item.ts';
import { boardKey } from '../../../src/adapters/dynamodb/statistics/statistics-keys.ts';
import type { Company } from '../../../src/domain/profiles/company.ts';
import type { Decimal } from '../../../src/domain/shared/decimal.ts';
import { AuditedServices } from '../../support/audited-services.ts';
import { cikOf, companyIdAt, tickerOf } from '../../support/company-mother.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { figuresInDynamoDb } from '../../support/figures-fixture.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import {
  aVictim,
  BANKING,
  FRANCE,
  inStep,
  NEVER_WITHDRAWN,
  PLANTED_FIGURES,
  PRICE,
  TICKER,
  UNITED_STATES,
  type PlantedFigures,
  type Victim,
} from '../../support/planted-figures.ts';
import { shortOrLong } from '../../support/test-length.ts';

let database: TestDynamoDb;
let tables: { readonly profiles: string; readonly statistics: string };
let services: AuditedServices;
let figureTable: string;

beforeAll(async () => {
  database = await startDynamoDb();
  tables = await database.createTables();
  services = servicesOn(tables);
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
    // As the stream of the table has it: boards and aggregates follow the edits.
    await services.project(
      ...[...companies, { companyId: companyIdAt(99) }].map(({ companyId }) => ({ companyId })),
    );

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

describe('the audit of claims in a table', () => {
  it('finds one that is missing, and one that names no company, and mends both', async () => {
    const created = await database.createTables();
    const onTable = servicesOn(created);
    const company = await onTable.register({ identifiers: [cikOf(1), tickerOf('A')] });
    const missing = { pk: 'IDENTIFIER#cik#0000000001', sk: 'IDENTIFIER' };
    const orphan = { pk: 'IDENTIFIER#ticker#A', sk: `COMPANY#${companyIdAt(99)}` };
    const TableName = created.profiles;
    await database.client.send(
      new DeleteCommand({ TableName, Key: missing, ConditionExpression: 'attribute_exists(pk)' }),
    );
    const Item = { ...orphan, companyId: companyIdAt(99), claimedAt: '2026-03-01T00:00:00.000Z' };
    await database.client.send(new PutCommand({ TableName, Item }));

    const { findings } = await onTable.auditCompanies.execute();
    expect(findings.map(({ companyId, kind }) => [numberOf(companyId), kind])).toEqual([
      [1, 'claim-missing'],
      [99, 'claim-orphaned'],
    ]);
    expect(await onTable.auditCompanies.execute({ repair: true })).toMatchObject({ drift: 0, repaired: 2 });
    expect(await onTable.profiles.identifiers.bearersOf([cikOf(1), tickerOf('A')])).toEqual([
      [company.companyId],
      [company.companyId],
    ]);
  });
});

/** What no adapter in memory can have: there, aggregates and boards of groups are computed when they are read. */
const PLANTED_IN_TABLES: readonly PlantedFigures[] = [
  {
    title: 'the value on the board of all companies',
    finds: ['entry-differs', 'aggregate-differs'],
    plant: async (faults, { price, figures: { last } }) =>
      faults.standing(price, {
        companyName: 'Acme',
        latest: { ...last, value: '1' as Decimal },
        groups: [UNITED_STATES, BANKING],
      }),
  },
  {
    title: 'a company that no board says to have',
    finds: ['entry-differs', 'aggregate-differs'],
    plant: async (faults, { price }) => faults.standing(price, undefined),
  },
  {
    title: 'a company that is counted in another country',
    finds: ['membership-differs', 'aggregate-differs'],
    plant: async (faults, { companyId }) =>
      faults.membership(companyId, { companyName: 'Acme', groups: [FRANCE], identifiers: [TICKER] }),
  },
  {
    title: 'a place in a ranking that is not that of the value',
    finds: ['entry-differs'],
    plant: async (_faults, { price, figures: { last } }) => {
      const entry = entryAttributes(price.companyId, { companyName: 'Acme', latest: last, groups: [] });
      const Item = { ...boardKey(BANKING, PRICE, price.companyId), ...entry, rankKey: '>' };
      await database.client.send(new PutCommand({ TableName: figureTable, Item }));
    },
  },
];

describe('the audit of figures in a table', () => {
  // In memory each one is found by a test of its own.
  const figures = PLANTED_FIGURES.filter((_, index) => index % shortOrLong(4, 1) === 0);
  const planted = [...PLANTED_IN_TABLES, ...figures];
  const victims: Victim[] = [];
  let onTable: AuditedServices;

  beforeAll(async () => {
    const created = await database.createTables();
    figureTable = created.statistics;
    onTable = servicesOn(created);
    await inStep(onTable);
  });

  it('finds what boards still show of a metric that is no longer ranked, and mends it', async () => {
    const { plant, finds } = NEVER_WITHDRAWN;
    await plant(onTable.statistics.faults, await aVictim(onTable), onTable);
    const { findings, drift } = await onTable.auditCompanies.execute();
    expect([...new Set(findings.map(({ kind }) => kind))]).toEqual(finds);
    expect(await onTable.auditCompanies.execute({ repair: true })).toMatchObject({
      drift: 0,
      repaired: drift,
    });
  });

  it('finds nothing where nothing is wrong', async () => {
    for (const _ of planted) victims.push(await aVictim(onTable));
    const companies = planted.length + 4;
    const [series, observations] = [2 * companies, 4 * companies];
    const report = await onTable.auditCompanies.execute();
    expect(report).toMatchObject({ companies, series, observations, drift: 0, undecided: 0 });
  });

  it('finds each fault, and mends it', async () => {
    for (const [index, { plant }] of planted.entries()) {
      await plant(onTable.statistics.faults, victims[index]!, onTable);
    }
    const { findings, kinds } = await onTable.auditCompanies.execute();
    const found = planted.map(({ title }, index) => {
      const own = findings.filter(({ companyId }) => companyId === victims[index]!.companyId);
      return [title, [...new Set(own.map(({ kind }) => kind))]];
    });
    expect(found).toEqual(
      planted.map(({ title, finds }) => [title, finds.filter((kind) => kind !== 'aggregate-differs')]),
    );
    // Of each of four parts of a group, faults of several victims may come to one.
    expect(kinds['aggregate-differs']).toBeGreaterThan(shortOrLong(0, 3));
    expect(await onTable.auditCompanies.execute({ repair: true })).toMatchObject({ drift: 0 });
  });
});

function servicesOn({ profiles, statistics }: typeof tables): AuditedServices {
  const { client } = database;
  return new AuditedServices(
    {
      companies: new DynamoDbCompanyRepository(client, profiles),
      directory: new DynamoDbCompanyDirectory(client, profiles),
      identifiers: new DynamoDbIdentifierIndex(client, profiles),
      claims: new DynamoDbIdentifierClaims(client, profiles),
      revisions: new DynamoDbRevisionLog(client, profiles),
      documents: new DynamoDbDocuments(client, profiles),
      setAsideObjects: new DynamoDbSetAsideObjects(client, profiles),
      imports: new DynamoDbImports(client, profiles),
      clock: new ManualClock(),
      settle: () => {},
    },
    figuresInDynamoDb(client, statistics),
  );
}

function numberOf(companyId = ''): number {
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
