import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CountedDocuments } from '../../src/application/statistics/ports/counted-documents.ts';
import type { CountedDocument } from '../../src/domain/statistics/counted-document.ts';
import { NO_DOCUMENTS } from '../../src/domain/statistics/document-totals.ts';
import { companyIdAt } from '../support/company-mother.ts';
import { aCountedDocument, aRemovedDocument } from '../support/counted-document-mother.ts';
import { documentIdAt } from '../support/document-mother.ts';
import type { StatisticsFixture } from '../support/statistics-fixture.ts';
import { aTrackedCompany } from '../support/tracked-company-mother.ts';

const [companyId, otherId] = [companyIdAt(1), companyIdAt(2)];
const totals = { count: 2, bytes: 9_007_199_254_740_991, types: { 'application/pdf': 1, 'image/*': 1 } };

/** What every CountedDocuments promises. */
export function countedDocumentsContract(
  name: string,
  makeFixture: () => StatisticsFixture | Promise<StatisticsFixture>,
): void {
  describe(`counted documents ${name}`, () => {
    let fixture: StatisticsFixture;
    let documents: CountedDocuments;

    beforeEach(async () => {
      fixture = await makeFixture();
      ({ documents } = fixture);
    });

    const keep = (document: CountedDocument, revisionBefore: number): Promise<boolean> =>
      documents.change(companyId, { totals, revisionBefore, keep: document });
    const all = async (): Promise<CountedDocument[]> => {
      const found: CountedDocument[] = [];
      for await (const document of documents.all(companyId)) found.push(document);
      return found;
    };
    const shown = async () => {
      fixture.settle();
      return (await fixture.readings.summary(companyId, { limit: 1 }, 'eventual'))?.documents;
    };

    it('come to nothing at first', async () => {
      const nothing = { totals: NO_DOCUMENTS, revision: 0 };
      expect(await documents.find(companyId, documentIdAt(1))).toEqual(nothing);
      expect(await documents.totals([companyId, otherId])).toEqual([nothing, nothing]);
      expect(await all()).toEqual([]);
      expect(await shown()).toBeUndefined();
    });

    it.each([
      aCountedDocument(1),
      aCountedDocument(1, { requestId: 'request-1', position: { epoch: 3, version: 12 } }),
      aCountedDocument(1, { content: { contentType: 'text/plain; charset=utf-8', size: 0 } }),
      aRemovedDocument(1),
    ])('are found as they were kept, with what all come to: %j', async (document) => {
      expect(await keep(document, 0)).toBe(true);
      expect(await documents.find(companyId, document.documentId)).toEqual({ totals, revision: 1, document });
      expect(await documents.totals([otherId, companyId])).toEqual([
        { totals: NO_DOCUMENTS, revision: 0 },
        { totals, revision: 1 },
      ]);
      expect(await shown()).toEqual(totals);
    });

    it('change all at once, or not where any of the company has changed since', async () => {
      expect(await keep(aCountedDocument(1), 1)).toBe(false);
      expect(await all()).toEqual([]);
      expect(await keep(aCountedDocument(1), 0)).toBe(true);
      expect(await keep(aCountedDocument(2), 0)).toBe(false);
      expect(await keep(aCountedDocument(2), 1)).toBe(true);
      const forgetting = { totals: NO_DOCUMENTS, forget: documentIdAt(1) };
      expect(await documents.change(companyId, { ...forgetting, revisionBefore: 1 })).toBe(false);
      expect(await documents.change(companyId, { ...forgetting, revisionBefore: 2 })).toBe(true);
      expect(await all()).toEqual([aCountedDocument(2)]);
      expect(await documents.totals([companyId])).toEqual([{ totals: NO_DOCUMENTS, revision: 3 }]);
    });

    it('let one of several at once change them', async () => {
      const racing = [1, 2, 3, 4, 5].map((number) => keep(aCountedDocument(number), 0));
      expect((await Promise.all(racing)).filter(Boolean)).toHaveLength(1);
      expect(await all()).toHaveLength(1);
    });

    it('may be counted anew without a change of any', async () => {
      await keep(aCountedDocument(1), 0);
      expect(await documents.change(companyId, { totals: NO_DOCUMENTS, revisionBefore: 1 })).toBe(true);
      expect(await all()).toEqual([aCountedDocument(1)]);
    });

    it('are all told, by their ids, those of the company alone', async () => {
      const numbers = [3, 1, 2];
      for (const [revision, number] of numbers.entries()) await keep(aCountedDocument(number), revision);
      await documents.change(otherId, { totals, revisionBefore: 0, keep: aCountedDocument(4) });
      expect(await all()).toEqual([1, 2, 3].map((number) => aCountedDocument(number)));
    });

    it('and the profile of a company leave each other alone', async () => {
      const company = aTrackedCompany(3, { requestId: 'request-1' });
      await keep(aCountedDocument(1), 0);
      await fixture.tracked.follow(company);
      await keep(aCountedDocument(2), 1);
      expect(await fixture.tracked.find(companyId, 'strong')).toEqual(company);
      expect(await shown()).toEqual(totals);

      expect(await fixture.tracked.forget(aTrackedCompany(4))).toBe(false);
      expect(await fixture.tracked.forget(company)).toBe(true);
      expect(await fixture.tracked.find(companyId, 'strong')).toBeUndefined();
      expect(await shown()).toEqual(totals);
      expect(await all()).toHaveLength(2);
      expect(await fixture.tracked.follow(aTrackedCompany(1))).toBeUndefined();
    });

    it('make a company known as long as there is one', async () => {
      await keep(aCountedDocument(1), 0);
      expect(await shown()).toEqual(totals);
      await documents.change(companyId, {
        totals: NO_DOCUMENTS,
        revisionBefore: 1,
        keep: aRemovedDocument(1),
      });
      expect(await shown()).toBeUndefined();
    });
  });
}
