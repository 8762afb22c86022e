import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InMemoryCountedDocuments } from '../../../src/adapters/in-memory/statistics/in-memory-counted-documents.ts';
import { CountDocument } from '../../../src/application/statistics/count-document.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import type { CountedDocument } from '../../../src/domain/statistics/counted-document.ts';
import { NO_DOCUMENTS, totalsOf } from '../../../src/domain/statistics/document-totals.ts';
import { companyIdAt, minutesLater } from '../../support/company-mother.ts';
import {
  aCountedDocument,
  aDocumentChange,
  aRemovedDocument,
} from '../../support/counted-document-mother.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const companyId = companyIdAt(1);

describe('counting a document', () => {
  let documents: InMemoryCountedDocuments;
  let count: CountDocument;
  let waits: number;

  beforeEach(() => {
    documents = new InMemoryCountedDocuments();
    waits = 0;
    count = new CountDocument(documents, new ManualClock(minutesLater(5)), async () => void waits++);
  });

  const outcomeOf = async (document: CountedDocument): Promise<string> =>
    (await count.execute(aDocumentChange(document))).outcome;
  const totals = () => documents.totalsOf(companyId, 'strong').totals;

  it('needs no company, and says how long it was on its way', async () => {
    const document = aCountedDocument(1, { requestId: 'request-1' });
    expect(await count.execute(aDocumentChange(document))).toEqual({ outcome: 'followed', lagMs: 180_000 });
    expect((await documents.find(companyId, document.documentId)).document).toEqual(document);
    expect(totals()).toEqual(totalsOf([document]));
  });

  it('once, however often it comes, and never again once it is removed', async () => {
    const added = aCountedDocument(1);
    expect(await outcomeOf(added)).toBe('followed');
    expect(await outcomeOf(added)).toBe('duplicate');
    expect(await outcomeOf(aRemovedDocument(1))).toBe('followed');
    expect(await outcomeOf(added)).toBe('stale');
    expect(totals()).toEqual(NO_DOCUMENTS);
    expect(await outcomeOf(aCountedDocument(2, { position: { epoch: 1, version: 4 } }))).toBe('followed');
    expect(totals().count).toBe(1);
  });

  it('that was removed before it was added counts nothing', async () => {
    expect(await outcomeOf(aRemovedDocument(1))).toBe('followed');
    expect(await outcomeOf(aCountedDocument(1))).toBe('stale');
    expect(totals()).toEqual(NO_DOCUMENTS);
  });

  it('tells a fork, and keeps what there is', async () => {
    await outcomeOf(aCountedDocument(1));
    const other = aCountedDocument(1, { content: { contentType: 'text/csv', size: 1 } });
    expect(await outcomeOf(other)).toBe('fork');
    expect(totals()).toEqual(totalsOf([aCountedDocument(1)]));
  });

  it('among others at once comes to all of them', async () => {
    const all = Array.from({ length: 20 }, (_, index) => aCountedDocument(index + 1));
    await Promise.all(all.map(outcomeOf));
    expect(totals()).toEqual(totalsOf(all));
    expect(waits).toBeGreaterThan(0);
  });

  it('gives up where others always come between', async () => {
    const contended = { find: documents.find.bind(documents), change: async () => false };
    const late = new CountDocument(contended, new ManualClock(), async () => {});
    await expect(late.execute(aDocumentChange(aCountedDocument(1)))).rejects.toThrow(Unavailable);
  });

  it('comes to the same in any order and any number of times, where nothing contradicts', async () => {
    const versions = [1, 2, 3].flatMap((number) => [
      aCountedDocument(number),
      aRemovedDocument(number, 3),
      aCountedDocument(number, {
        position: { epoch: 1, version: 4 },
        content: { contentType: 'a/b', size: 7 },
      }),
      ...(number === 1 ? [aRemovedDocument(number, 5)] : []),
    ]);
    const last = [1, 2, 3].map((number) =>
      versions.findLast((one) => one.documentId === aCountedDocument(number).documentId)!,
    );
    const deliveries = fc.shuffledSubarray([...versions, ...versions], { minLength: versions.length * 2 });
    await fc.assert(
      fc.asyncProperty(deliveries, async (delivered) => {
        documents = new InMemoryCountedDocuments();
        count = new CountDocument(documents, new ManualClock(), async () => {});
        for (const document of delivered) await outcomeOf(document);
        expect(totals()).toEqual(totalsOf(last));
      }),
      { numRuns: 30 },
    );
  });

  it('anew, as its source has it, unless something later is known', async () => {
    await outcomeOf(aCountedDocument(1));
    const right = aCountedDocument(1, { content: { contentType: 'text/csv', size: 1 } });
    expect(await count.overwrite(companyId, right)).toBe(true);
    expect(totals()).toEqual(totalsOf([right]));
    expect(
      await count.overwrite(companyId, aCountedDocument(1, { position: { epoch: 1, version: 1 } })),
    ).toBe(false);
    expect(totals()).toEqual(totalsOf([right]));
  });
});
