import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DynamoDbCompanyRepository } from '../../../src/adapters/dynamodb/profiles/dynamodb-company-repository.ts';
import { DynamoDbCountedDocuments } from '../../../src/adapters/dynamodb/statistics/dynamodb-counted-documents.ts';
import { DynamoDbTrackedCompanies } from '../../../src/adapters/dynamodb/statistics/dynamodb-tracked-companies.ts';
import { CountDocument } from '../../../src/application/statistics/count-document.ts';
import { FollowCompany } from '../../../src/application/statistics/follow-company.ts';
import { change, factsOf, rename } from '../../../src/domain/profiles/company.ts';
import { totalsOf } from '../../../src/domain/statistics/document-totals.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { aCompany, cikOf, companyIdAt, minutesLater, tickerOf } from '../../support/company-mother.ts';
import { aCountedDocument, aDocumentChange } from '../../support/counted-document-mother.ts';
import { conflicting, failing, losingTheFirstAnswer } from '../../support/database-faults.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { aProfileChange } from '../../support/tracked-company-mother.ts';

const CONTEXT = { requestId: 'request' };
const REQUEST = { caller: 'caller', key: 'key', digest: 'digest' };

let dynamoDb: TestDynamoDb;
let companies: DynamoDbCompanyRepository;
let tracked: DynamoDbTrackedCompanies;
let statisticsTable: string;
let pauses: number[];

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(() => dynamoDb.stop());

beforeEach(async () => {
  const names = await dynamoDb.createTables();
  statisticsTable = names.statistics;
  pauses = [];
  const pause = async (tries: number): Promise<void> => void pauses.push(tries);
  companies = new DynamoDbCompanyRepository(dynamoDb.client, names.profiles, { backoff: pause });
  tracked = new DynamoDbTrackedCompanies(dynamoDb.client, names.statistics, pause);
});

describe('a write that was applied although its answer was lost', () => {
  it('registers a company once, by a plain write', async () => {
    const company = aCompany();

    const { answer, attempts } = await losingTheFirstAnswer(dynamoDb.client, 'PutItemCommand', () =>
      companies.add(company, CONTEXT),
    );

    expect(attempts).toBe(2);
    expect(answer).toEqual(company);
    expect(await companies.find(company.companyId, 'strong')).toEqual(company);
  });

  it.each([
    ['without a key', CONTEXT],
    ['with a key', { ...CONTEXT, request: REQUEST }],
  ])('registers a company with identifiers once, %s', async (_, context) => {
    const company = aCompany({ identifiers: [cikOf(1), tickerOf('ACME')] });

    const { answer, attempts } = await losingTheFirstAnswer(
      dynamoDb.client,
      'TransactWriteItemsCommand',
      () => companies.add(company, context),
    );

    expect(attempts).toBe(2);
    expect(answer).toEqual(company);
  });

  it('is no conflict, and no second version, of a changed company', async () => {
    const before = aCompany();
    await companies.add(before, CONTEXT);
    const after = rename(before, 'Acme Two', minutesLater(1));

    const { attempts } = await losingTheFirstAnswer(dynamoDb.client, 'PutItemCommand', () =>
      companies.replace(before, after, CONTEXT),
    );

    expect(attempts).toBe(2);
    expect(await companies.find(before.companyId, 'strong')).toEqual(after);
  });

  it('is no conflict, and no second version, of a company whose identifiers have changed', async () => {
    const before = aCompany({ identifiers: [cikOf(1)] });
    await companies.add(before, CONTEXT);
    const after = change(before, { ...factsOf(before), identifiers: [cikOf(2)] }, minutesLater(1));

    const { attempts } = await losingTheFirstAnswer(dynamoDb.client, 'TransactWriteItemsCommand', () =>
      companies.replace(before, after, CONTEXT),
    );

    expect(attempts).toBe(2);
    expect(await companies.find(before.companyId, 'strong')).toEqual(after);
  });

  it('counts a document once', async () => {
    const documents = new DynamoDbCountedDocuments(dynamoDb.client, statisticsTable, async () => {});
    const countDocument = new CountDocument(documents, new ManualClock(), async () => {});

    const { answer, attempts } = await losingTheFirstAnswer(
      dynamoDb.client,
      'TransactWriteItemsCommand',
      () => countDocument.execute(aDocumentChange(aCountedDocument(1))),
    );

    expect([answer.outcome, attempts]).toEqual(['duplicate', 2]);
    expect(await documents.totals([companyIdAt(1)])).toEqual([
      { totals: totalsOf([aCountedDocument(1)]), revision: 1 },
    ]);
  });

  it('is a duplicate of itself where a company is followed', async () => {
    const followCompany = new FollowCompany(tracked, new ManualClock());

    const { answer } = await losingTheFirstAnswer(dynamoDb.client, 'UpdateItemCommand', () =>
      followCompany.execute(aProfileChange(3)),
    );

    expect(answer.outcome).toBe('duplicate');
    expect(await tracked.find(companyIdAt(1), 'strong')).toMatchObject({ position: { version: 3 } });
  });
});

describe('a write that other transactions keep out', () => {
  it('is tried again, a transaction', async () => {
    const company = aCompany({ identifiers: [cikOf(1)] });

    await conflicting(dynamoDb.client, 'TransactWriteItemsCommand', 3, () => companies.add(company, CONTEXT));

    expect(pauses).toEqual([1, 2, 3]);
    expect(await companies.find(company.companyId, 'strong')).toEqual(company);
  });

  it('is tried again, a single one', async () => {
    await conflicting(dynamoDb.client, 'PutItemCommand', 2, () => companies.add(aCompany(), CONTEXT));

    expect(pauses).toEqual([1, 2]);
  });

  it('is given up at last', async () => {
    const adding = conflicting(dynamoDb.client, 'TransactWriteItemsCommand', Infinity, () =>
      companies.add(aCompany({ identifiers: [cikOf(1)] }), CONTEXT),
    );

    await expect(adding).rejects.toThrow(Unavailable);
    expect(pauses).toHaveLength(7);
  });
});

describe('a database that does not answer', () => {
  it.each([
    [
      'ThrottlingException',
      Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $fault: 'client' }),
    ],
    ['TimeoutError', Object.assign(new Error('Too late'), { name: 'TimeoutError' })],
    ['ECONNREFUSED', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
    [
      'InternalServerError',
      Object.assign(new Error('Internal'), { name: 'InternalServerError', $fault: 'server' }),
    ],
  ])('is unavailable: %s', async (_, error) => {
    const reading = failing(dynamoDb.client, 'GetItemCommand', error, () =>
      companies.find(companyIdAt(1), 'strong'),
    );

    await expect(reading).rejects.toThrow(Unavailable);
  });

  it('is no excuse for a mistake of our own', async () => {
    const error = Object.assign(new Error('Type mismatch'), {
      name: 'ValidationException',
      $fault: 'client',
    });
    const reading = failing(dynamoDb.client, 'GetItemCommand', error, () =>
      companies.find(companyIdAt(1), 'strong'),
    );

    await expect(reading).rejects.toBe(error);
  });
});
