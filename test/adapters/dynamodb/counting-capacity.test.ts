import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoDbDocuments } from '../../../src/adapters/dynamodb/profiles/dynamodb-documents.ts';
import { DynamoDbSetAsideObjects } from '../../../src/adapters/dynamodb/profiles/dynamodb-set-aside-objects.ts';
import { DynamoDbCountedDocuments } from '../../../src/adapters/dynamodb/statistics/dynamodb-counted-documents.ts';
import { DynamoDbSeriesReadings } from '../../../src/adapters/dynamodb/statistics/dynamodb-series-readings.ts';
import { DynamoDbTrackedCompanies } from '../../../src/adapters/dynamodb/statistics/dynamodb-tracked-companies.ts';
import type { SetAsideObject } from '../../../src/application/profiles/ports/set-aside-objects.ts';
import { CountDocument } from '../../../src/application/statistics/count-document.ts';
import type { CountedDocument } from '../../../src/domain/statistics/counted-document.ts';
import { companyIdAt, minutesLater } from '../../support/company-mother.ts';
import { consumedBy } from '../../support/consumed-capacity.ts';
import {
  aCountedDocument,
  aDocumentChange,
  aRemovedDocument,
} from '../../support/counted-document-mother.ts';
import { aStoredDocument, documentIdAt } from '../../support/document-mother.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';

const companyId = companyIdAt(1);

let dynamoDb: TestDynamoDb;
let tables: { readonly profiles: string; readonly statistics: string };
let counted: DynamoDbCountedDocuments;
let countDocument: CountDocument;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  tables = await dynamoDb.createTables();
  counted = new DynamoDbCountedDocuments(dynamoDb.client, tables.statistics);
  countDocument = new CountDocument(counted, new ManualClock(), async () => {});
});
afterAll(() => dynamoDb.stop());

const consumed = (work: () => Promise<unknown>) => consumedBy(dynamoDb.client, work);
const count = (document: CountedDocument) => consumed(() => countDocument.execute(aDocumentChange(document)));
const drained = async (items: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of items);
};

describe('a document in statistics', () => {
  it('is counted by two reads and a transaction of two items; the first of a company unknown makes it listed', async () => {
    const first = await count(aCountedDocument(1));
    expect(first).toMatchObject({ requests: 3, read: 2, tableWrite: 2 * 2, write: 2 * 2 + 1 });
    expect(await count(aCountedDocument(2))).toMatchObject({ requests: 3, read: 2, write: 2 * 2 });
    expect(await count(aRemovedDocument(2))).toMatchObject({ requests: 3, read: 2, write: 2 * 2 });
  });

  it('that is counted already costs its reads alone', async () => {
    expect(await count(aCountedDocument(1))).toMatchObject({ requests: 2, read: 2, write: 0 });
  });

  it('adds nothing to the reads of a summary', async () => {
    await new DynamoDbTrackedCompanies(dynamoDb.client, tables.statistics).follow(aTrackedCompany(1));
    const readings = new DynamoDbSeriesReadings(dynamoDb.client, tables.statistics);
    const summary = await consumed(() => readings.summary(companyId, { limit: 100 }, 'eventual'));
    expect(summary).toMatchObject({ requests: 1, entries: 1, read: 0.5 });
  });

  it('is checked beside the others of its company by one query and a part of a batch', async () => {
    for (let number = 3; number <= 20; number++)
      await countDocument.execute(aDocumentChange(aCountedDocument(number)));
    const all = await consumed(() => drained(counted.all(companyId)));
    expect(all).toMatchObject({ requests: 1, entries: 20, write: 0 });
    expect(all.read).toBeLessThanOrEqual(20 / 4);
    expect(await consumed(() => counted.totals([companyId]))).toMatchObject({ requests: 1, read: 1 });
  });
});

describe('what the profiles service tells of documents anew', () => {
  it('is read by one consistent query a company', async () => {
    const documents = new DynamoDbDocuments(dynamoDb.client, tables.profiles);
    for (let number = 1; number <= 20; number++)
      await documents.save(aStoredDocument({ documentId: documentIdAt(number) }), 0);
    const all = await consumed(() => drained(documents.all(companyId)));
    expect(all).toMatchObject({ requests: 1, entries: 20, write: 0 });
    expect(all.read).toBeLessThanOrEqual(20 / 4);
    expect(await consumed(() => drained(documents.all(companyIdAt(2))))).toMatchObject({ requests: 1 });
  });
});

describe('objects that are set aside', () => {
  it('are listed by one query a day, found and removed one by one', async () => {
    const aside = new DynamoDbSetAsideObjects(dynamoDb.client, tables.profiles);
    for (let number = 1; number <= 8; number++) {
      const objectKey = `documents/${number}`;
      await aside.keep({ objectKey, reason: 'It belongs to nothing.', notifiedAt: minutesLater(number) });
    }
    const day = minutesLater(0);
    const list = await consumed(() => drained(aside.list(day, day)));
    expect(list).toMatchObject({ requests: 1, entries: 8, write: 0 });
    expect(list.read).toBeLessThanOrEqual(2);
    const { value: first } = (await aside.list(day, day).next()) as { value: SetAsideObject };
    const { id } = first;
    expect(await consumed(() => aside.find(id))).toMatchObject({ requests: 1, read: 1 });
    expect(await consumed(() => aside.remove(id))).toMatchObject({ requests: 1, write: 1 });
  });
});
