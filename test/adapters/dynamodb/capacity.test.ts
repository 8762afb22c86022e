import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoDbCompanyDirectory } from '../../../src/adapters/dynamodb/profiles/dynamodb-company-directory.ts';
import { DynamoDbCompanyRepository } from '../../../src/adapters/dynamodb/profiles/dynamodb-company-repository.ts';
import { DynamoDbDocuments } from '../../../src/adapters/dynamodb/profiles/dynamodb-documents.ts';
import { DynamoDbIdentifierClaims } from '../../../src/adapters/dynamodb/profiles/dynamodb-identifier-claims.ts';
import { DynamoDbIdentifierIndex } from '../../../src/adapters/dynamodb/profiles/dynamodb-identifier-index.ts';
import { DynamoDbRevisionLog } from '../../../src/adapters/dynamodb/profiles/dynamodb-revision-log.ts';
import { DynamoDbSetAsideObjects } from '../../../src/adapters/dynamodb/profiles/dynamodb-set-aside-objects.ts';
import { DynamoDbSetAsideEvents } from '../../../src/adapters/dynamodb/statistics/dynamodb-set-aside-events.ts';
import { DynamoDbTrackedCompanies } from '../../../src/adapters/dynamodb/statistics/dynamodb-tracked-companies.ts';
import type { CompanyQuery } from '../../../src/application/profiles/ports/company-directory.ts';
import { change, factsOf, rename, type Company } from '../../../src/domain/profiles/company.ts';
import type { CompanyFacts } from '../../../src/domain/profiles/company-facts.ts';
import { revisionOf, type Revision } from '../../../src/domain/profiles/revision.ts';
import {
  aCompany,
  allFacts,
  cikOf,
  companyIdAt,
  minutesLater,
  tickerOf,
} from '../../support/company-mother.ts';
import { consumedBy } from '../../support/consumed-capacity.ts';
import { anAwaitedDocument, aStoredDocument, documentIdAt } from '../../support/document-mother.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';

const CONTEXT = { requestId: '0198c7a0-0000-7000-8000-000000000000' };
/** The entries of a new company in the indexes by name, country, industry and of everything. */
const NEW_ENTRIES = 4;

let dynamoDb: TestDynamoDb;
let companies: DynamoDbCompanyRepository;
let directory: DynamoDbCompanyDirectory;
let identifiers: DynamoDbIdentifierIndex;
let claims: DynamoDbIdentifierClaims;
let revisions: DynamoDbRevisionLog;
let documents: DynamoDbDocuments;
let setAsideObjects: DynamoDbSetAsideObjects;
let tracked: DynamoDbTrackedCompanies;
let setAside: DynamoDbSetAsideEvents;
/** As a process has it that has just begun. */
let freshCompanies: () => DynamoDbCompanyRepository;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  const names = await dynamoDb.createTables();
  freshCompanies = () => new DynamoDbCompanyRepository(dynamoDb.client, names.profiles);
  companies = freshCompanies();
  directory = new DynamoDbCompanyDirectory(dynamoDb.client, names.profiles);
  identifiers = new DynamoDbIdentifierIndex(dynamoDb.client, names.profiles);
  claims = new DynamoDbIdentifierClaims(dynamoDb.client, names.profiles);
  revisions = new DynamoDbRevisionLog(dynamoDb.client, names.profiles);
  documents = new DynamoDbDocuments(dynamoDb.client, names.profiles);
  setAsideObjects = new DynamoDbSetAsideObjects(dynamoDb.client, names.profiles);
  tracked = new DynamoDbTrackedCompanies(dynamoDb.client, names.statistics);
  setAside = new DynamoDbSetAsideEvents(dynamoDb.client, names.statistics);
  // A process makes a country known once, before it registers or moves a company there; budgets are of what comes after.
  await companies.add(company(0), CONTEXT);
  await companies.add(aCompany({}, { companyId: companyIdAt(99) }), CONTEXT);
});

afterAll(() => dynamoDb.stop());

const consumed = (work: () => Promise<unknown>) => consumedBy(dynamoDb.client, work);

/** Of about 1 KB, and no more. */
function company(number: number, facts: Partial<CompanyFacts> = {}): Company {
  return aCompany(allFacts({ identifiers: [], description: 'A bank.', ...facts }), {
    companyId: companyIdAt(number),
  });
}

describe('a company in the table', () => {
  it('is read for half a read unit', async () => {
    await companies.add(company(1), CONTEXT);

    const read = await consumed(() => companies.find(companyIdAt(1), 'eventual'));

    expect(read).toMatchObject({ requests: 1, read: 0.5, write: 0 });
  });

  it('is changed for one read unit and one write unit', async () => {
    const before = company(2);
    await companies.add(before, CONTEXT);
    const after = change(before, { ...factsOf(before), website: 'https://example.com/' }, minutesLater(1));

    const fresh = freshCompanies();

    const changed = await consumed(async () => {
      await fresh.find(before.companyId, 'strong');
      await fresh.replace(before, after, CONTEXT);
    });

    expect(changed).toMatchObject({ requests: 2, read: 1, write: 1 });
  });

  it('is renamed for the same, and two write units for each index by name', async () => {
    const before = company(3);
    await companies.add(before, CONTEXT);

    const fresh = freshCompanies();

    const renamed = await consumed(async () => {
      await fresh.find(before.companyId, 'strong');
      await fresh.replace(before, rename(before, 'Another Name', minutesLater(1)), CONTEXT);
    });

    expect(renamed).toMatchObject({ requests: 2, read: 1, write: 1 + 2 * 3, tableWrite: 1 });
  });

  it('is moved to another country after the country has been made known, once a process', async () => {
    const before = company(6, { countryCode: 'US' });
    await companies.add(before, CONTEXT);
    const moved = change(before, { ...factsOf(before), countryCode: 'SE' }, minutesLater(1));
    const fresh = freshCompanies();

    expect(await consumed(() => fresh.replace(before, moved, CONTEXT))).toMatchObject({ requests: 2 });
    const { items } = await directory.list({ by: 'nothing' }, { limit: 200 });
    expect(items.map(({ companyId }) => companyId)).toContain(before.companyId);
    const back = change(moved, { ...factsOf(moved), countryCode: 'US' }, minutesLater(2));
    await fresh.replace(moved, back, CONTEXT);
    const again = change(back, { ...factsOf(back), countryCode: 'SE' }, minutesLater(3));
    expect(await consumed(() => fresh.replace(back, again, CONTEXT))).toMatchObject({ requests: 1 });
  });

  it('has its identifiers changed by one transaction, for two write units each of those that differ', async () => {
    const before = company(7, { identifiers: [cikOf(700), tickerOf('T700')] });
    await companies.add(before, CONTEXT);
    const facts = { ...factsOf(before), identifiers: [cikOf(700), tickerOf('T701'), tickerOf('T702')] };
    const after = change(before, facts, minutesLater(1));

    const changed = await consumed(() => freshCompanies().replace(before, after, CONTEXT));

    const write = 2 * (1 + 3);
    expect(changed).toMatchObject({ requests: 1, read: 0, write, tableWrite: write });
  });

  it('is registered without identifiers by one plain write', async () => {
    const added = await consumed(() => companies.add(company(4), CONTEXT));

    expect(added).toMatchObject({ requests: 1, read: 0, tableWrite: 1, write: 1 + NEW_ENTRIES });
  });

  // Without an industry, which has an index entry of its own.
  it.each([1, 3, 20])('is registered with %i identifiers by one transaction', async (n) => {
    const identifiers = Array.from({ length: n }, (_, index) =>
      index % 2 === 0 ? cikOf(n * 100 + index) : tickerOf(`T${index}`),
    );
    const small = aCompany({ identifiers }, { companyId: companyIdAt(100 + n) });

    const added = await consumed(() => companies.add(small, CONTEXT));

    const tableWrite = 2 * (1 + n);
    expect(added).toMatchObject({ requests: 1, read: 0, tableWrite, write: tableWrite + NEW_ENTRIES - 1 });
  });

  it('is registered with an idempotency key for two write units more', async () => {
    const request = { caller: 'caller', key: 'key', digest: 'digest' };
    const identifiers = [cikOf(900), tickerOf('T900')];

    const added = await consumed(() => companies.add(company(5, { identifiers }), { ...CONTEXT, request }));

    expect(added).toMatchObject({ requests: 1, read: 0, tableWrite: 2 * (1 + 2) + 2 });
  });
});

describe('an identifier', () => {
  it('that belongs to one company is looked up for one read unit, many by one request', async () => {
    const ciks = Array.from({ length: 20 }, (_, index) => cikOf(80_000 + index));
    await companies.add(company(8, { identifiers: ciks }), CONTEXT);

    const one = await consumed(() => identifiers.bearersOf([cikOf(80_000)]));
    const all = await consumed(() => identifiers.bearersOf(ciks));

    expect(one).toMatchObject({ requests: 1, read: 1, write: 0 });
    expect(all).toMatchObject({ requests: 1, read: 20, write: 0 });
  });

  it('that may be shared is looked up by one query of one read unit', async () => {
    for (const number of [9, 10]) {
      await companies.add(company(number, { identifiers: [tickerOf('SHARED')] }), CONTEXT);
    }

    const found = await consumed(() => identifiers.bearersOf([tickerOf('SHARED')]));

    expect(found).toMatchObject({ requests: 1, entries: 2, read: 1, write: 0 });
  });
});

describe('a claim', () => {
  it('is released, and made, by one transaction of two write units each for it and a look at its company', async () => {
    const bearer = company(50, { identifiers: [cikOf(50)] });
    await companies.add(bearer, CONTEXT);

    const released = await consumed(() => claims.release(cikOf(50), bearer.companyId, bearer));
    const made = await consumed(() => claims.claim(cikOf(50), bearer, minutesLater(1)));

    expect([released, made]).toMatchObject(Array(2).fill({ requests: 1, read: 0, write: 2 * 2 }));
  });
});

describe('the history of a company', () => {
  const revisionAt = (version: number): Revision => ({
    ...revisionOf(undefined, company(11), CONTEXT.requestId),
    version,
  });

  it('is appended to for one write unit a revision', async () => {
    const appended = await consumed(() => revisions.append([revisionAt(1)]));

    expect(appended).toMatchObject({ requests: 1, read: 0, write: 1 });
  });

  it('is read a page at a time by one query, for half a read unit per 4 KB', async () => {
    await revisions.append(Array.from({ length: 40 }, (_, index) => revisionAt(index + 1)));

    const page = await consumed(() => revisions.list(company(11).companyId, { limit: 20 }));

    expect(page).toMatchObject({ requests: 1, entries: 20, write: 0 });
    expect(page.read).toBeLessThanOrEqual(20 / 4 / 2);
  });
});

describe('a document', () => {
  it('has its slot made, and is recorded, for one write unit each, and no index', async () => {
    const slot = await consumed(() => documents.save(anAwaitedDocument(), 0));
    const stored = await consumed(async () => {
      await documents.find(companyIdAt(1), documentIdAt(1), 'strong');
      await documents.save(aStoredDocument(), 1);
    });

    expect(slot).toMatchObject({ requests: 1, read: 0, write: 1, tableWrite: 1 });
    expect(stored).toMatchObject({ requests: 2, read: 1, write: 1, tableWrite: 1 });
  });

  it('is read for half a read unit', async () => {
    const read = await consumed(() => documents.find(companyIdAt(1), documentIdAt(1), 'eventual'));

    expect(read).toMatchObject({ requests: 1, read: 0.5, write: 0 });
  });

  it('is listed beside others by one query, for half a read unit per 4 KB', async () => {
    const companyId = companyIdAt(12);
    for (let number = 0; number < 60; number++)
      await documents.save(aStoredDocument({ companyId, documentId: documentIdAt(number) }), 0);

    const page = await consumed(() => documents.list(companyId, { limit: 50 }));

    expect(page).toMatchObject({ requests: 1, entries: 50, write: 0 });
    expect(page.read).toBeLessThanOrEqual(50 / 4 / 2);
  });

  it('that belongs to nothing is set aside for one write unit', async () => {
    const object = {
      objectKey: 'documents/x',
      reason: 'It belongs to nothing.',
      notifiedAt: minutesLater(1),
    };

    const kept = await consumed(() => setAsideObjects.keep(object));

    expect(kept).toMatchObject({ requests: 1, read: 0, write: 1 });
  });
});

describe('a page of a list', () => {
  const industry = { scheme: 'gics', code: '2010', label: 'Capital Goods' };
  beforeAll(async () => {
    const numbers = Array.from({ length: 240 }, (_, index) => 1_000 + index);
    const add = (number: number) =>
      companies.add(
        company(number, {
          name: `Listed Company of an Ordinary Name ${number}`,
          countryCode: 'DE',
          industry,
          status: number % 60 === 0 ? 'dissolved' : 'active',
        }),
        CONTEXT,
      );
    for (let from = 0; from < numbers.length; from += 16)
      await Promise.all(numbers.slice(from, from + 16).map(add));
  });

  const queries: [string, CompanyQuery][] = [
    ['name', { by: 'name', prefix: 'listed' }],
    ['country', { by: 'country', countryCode: 'DE' }],
    ['industry', { by: 'industry', ...industry }],
  ];

  it.each(queries)('by %s reads 50 entries of one index', async (_, query) => {
    const page = await consumed(() => directory.list(query, { limit: 50 }));

    expect(page).toMatchObject({ requests: 1, entries: 50, write: 0 });
    expect(page.read).toBeLessThanOrEqual(2.5);
  });

  it('by nothing reads the names of the countries besides', async () => {
    const page = await consumed(() => directory.list({ by: 'nothing' }, { limit: 50 }));

    expect(page.entries).toBeLessThanOrEqual(50);
    expect(page.read).toBeLessThanOrEqual(2.5 + 0.5);
  });

  it('by a status that few have reads no more than 200 entries', async () => {
    const page = await consumed(() =>
      directory.list({ by: 'name', prefix: 'listed', status: 'dissolved' }, { limit: 50 }),
    );

    expect(page.entries).toBe(200);
    expect(page.requests).toBeLessThanOrEqual(4);
  });
});

describe('an export', () => {
  it('reads every company once, in the order of their ids, 100 at a time', async () => {
    const ids: string[] = [];

    const exported = await consumed(async () => {
      for await (const { companyId } of directory.all()) ids.push(companyId);
    });

    expect(ids.length).toBeGreaterThan(240);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(exported).toMatchObject({ requests: 8 + Math.ceil(ids.length / 100), write: 0 });
  });
});

describe('a rename in statistics', () => {
  it('is followed for one write unit', async () => {
    await tracked.follow(aTrackedCompany(1));

    const followed = await consumed(() => tracked.follow(aTrackedCompany(2)));

    expect(followed).toMatchObject({ requests: 1, read: 0, write: 1 });
  });
});

describe('a message set aside', () => {
  it('is kept, and kept again, for one write unit a KB', async () => {
    const message = {
      messageId: 'm-1',
      sentAt: minutesLater(0),
      topic: 'company-events',
      reason: 'fork',
      seenAt: minutesLater(1),
    } as const;

    const small = await consumed(() => setAside.keep({ ...message, payload: 'x'.repeat(600) }));
    const again = await consumed(() => setAside.keep({ ...message, payload: 'x'.repeat(600) }));
    const large = await consumed(() =>
      setAside.keep({ ...message, messageId: 'm-2', payload: 'x'.repeat(2_600) }),
    );

    expect(small).toMatchObject({ requests: 1, read: 0, write: 1 });
    expect(again).toMatchObject({ requests: 1, read: 0, write: 1 });
    expect(large).toMatchObject({ requests: 1, read: 0, write: 3 });
  });

  it('is removed for one write unit a KB', async () => {
    const sentAt = minutesLater(0);
    const payload = 'x'.repeat(2_600);
    await setAside.keep({
      messageId: 'm-3',
      topic: 'company-events',
      sentAt,
      reason: 'fork',
      seenAt: sentAt,
      payload,
    });
    const [day, time] = sentAt.split('T');

    const removed = await consumed(() => setAside.remove(`${day}/${time}/m-3`));

    expect(removed).toMatchObject({ requests: 1, read: 0, write: 3 });
  });
});
