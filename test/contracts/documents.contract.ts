import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Documents } from '../../src/application/profiles/ports/documents.ts';
import type { DocumentRecord } from '../../src/domain/profiles/document.ts';
import { companyIdAt, minutesLater } from '../support/company-mother.ts';
import { anAwaitedDocument, aStoredDocument, documentIdAt } from '../support/document-mother.ts';
import type { ProfilesFixture } from '../support/profiles-fixture.ts';

/** What every Documents promises. */
export function documentsContract(
  name: string,
  makeFixture: () => ProfilesFixture | Promise<ProfilesFixture>,
): void {
  describe(`documents ${name}`, () => {
    let fixture: ProfilesFixture;
    let documents: Documents;

    beforeEach(async () => {
      fixture = await makeFixture();
      ({ documents } = fixture);
    });

    const companyId = companyIdAt(1);
    const { objectKey } = anAwaitedDocument();
    const known = { companyId, documentId: documentIdAt(1), objectKey, version: 1 };
    const records: DocumentRecord[] = [
      anAwaitedDocument({ sha256: 'ab'.repeat(32) }),
      aStoredDocument({ version: 1, sequencer: '0055AED6DCD90281E5', sha256: 'ab'.repeat(32) }),
      { ...known, status: 'refused', reason: 'It has 2 bytes.', expiresAt: minutesLater(7) },
      { ...known, status: 'vanished', fileName: 'a.pdf', vanishedAt: minutesLater(2), sequencer: 'ff' },
      { ...known, status: 'removed', removedAt: minutesLater(7), requestId: 'request-2' },
    ];

    it.each(records)('are found as they were saved: $status', async (record) => {
      expect(await documents.find(companyId, record.documentId, 'strong')).toBeUndefined();
      expect(await documents.save(record, 0)).toBe(true);
      expect(await documents.find(companyId, record.documentId, 'strong')).toEqual(record);
      fixture.settle();
      expect(await documents.find(companyId, record.documentId, 'eventual')).toEqual(record);
    });

    it('are replaced at the version that was read, and not at another one', async () => {
      const slot = anAwaitedDocument();
      const stored = aStoredDocument();
      expect(await documents.save(stored, 1)).toBe(false);
      expect(await documents.save(slot, 0)).toBe(true);
      expect(await documents.save(slot, 0)).toBe(false);
      expect(await documents.save(stored, 2)).toBe(false);
      expect(await documents.find(companyId, slot.documentId, 'strong')).toEqual(slot);
      expect(await documents.save(stored, 1)).toBe(true);
      expect(await documents.save({ ...stored, fileName: 'late' }, 1)).toBe(false);
      expect(await documents.find(companyId, slot.documentId, 'strong')).toEqual(stored);
    });

    it('of one company are not those of another', async () => {
      await documents.save(aStoredDocument(), 0);
      fixture.settle();
      expect(await documents.find(companyIdAt(2), documentIdAt(1), 'strong')).toBeUndefined();
      expect(await documents.list(companyIdAt(2), { limit: 5 })).toEqual({ items: [] });
    });

    it.each([1, 2, 3, 7, 100])(
      'are listed once they have arrived, later ones first, in pages of %d',
      async (limit) => {
        for (const number of [3, 1, 7, 5]) {
          await documents.save(aStoredDocument({ documentId: documentIdAt(number) }), 0);
        }
        for (const [index, record] of records.entries()) {
          if (record.status !== 'stored')
            await documents.save({ ...record, documentId: documentIdAt(2 * index + 2) }, 0);
        }
        fixture.settle();
        const seen: string[] = [];
        let after: string | undefined;
        for (let pages = 0; pages < 20; pages++) {
          const page = await documents.list(companyId, { limit, ...(after !== undefined && { after }) });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items.map(({ documentId }) => documentId));
          after = page.next;
          if (after === undefined) break;
        }
        expect(after).toBeUndefined();
        expect(seen).toEqual([7, 5, 3, 1].map(documentIdAt));
      },
    );
  });
}
