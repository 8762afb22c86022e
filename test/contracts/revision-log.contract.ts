import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RevisionLog } from '../../src/application/profiles/ports/revision-log.ts';
import { remove, rename } from '../../src/domain/profiles/company.ts';
import { revisionOf, type Revision } from '../../src/domain/profiles/revision.ts';
import type { Continuation } from '../../src/domain/shared/page.ts';
import { aCompany, allFacts, companyIdAt, minutesLater } from '../support/company-mother.ts';
import type { ProfilesFixture } from '../support/profiles-fixture.ts';

const company = aCompany(allFacts());

/** What every RevisionLog promises. */
export function revisionLogContract(
  name: string,
  makeFixture: () => ProfilesFixture | Promise<ProfilesFixture>,
): void {
  describe(`revisions ${name}`, () => {
    let fixture: ProfilesFixture;
    let revisions: RevisionLog;

    beforeEach(async () => {
      fixture = await makeFixture();
      ({ revisions } = fixture);
    });

    const revisionAt = (version: number): Revision => ({
      ...revisionOf(company, rename(company, `Name ${version}`, minutesLater(version)), `request-${version}`),
      version,
    });

    it('are none where none was appended', async () => {
      expect(await revisions.list(company.companyId, { limit: 5 })).toEqual({ items: [] });
      expect(await revisions.find(company.companyId, 1)).toBeUndefined();
      expect(await revisions.versions(company.companyId)).toEqual([]);
      await revisions.append([]);
    });

    it('are found as they were appended', async () => {
      const all = [
        revisionOf(undefined, company, 'request-1'),
        revisionAt(2),
        {
          ...revisionOf(company, remove(company, minutesLater(3))),
          version: 3,
          reconstructed: true as const,
        },
      ];
      await revisions.append(all);
      fixture.settle();
      for (const revision of all) {
        expect(await revisions.find(company.companyId, revision.version)).toEqual(revision);
      }
      expect(await revisions.list(company.companyId, { limit: 5 })).toEqual({ items: all.toReversed() });
    });

    it('stay as they were first appended', async () => {
      await revisions.append([revisionAt(1)]);
      await revisions.append([revisionAt(2), { ...revisionAt(1), requestId: 'another' }]);
      fixture.settle();
      expect(await revisions.find(company.companyId, 1)).toEqual(revisionAt(1));
      expect(await revisions.versions(company.companyId)).toEqual([1, 2]);
    });

    it('give way to what was made later of the same version, as after a restore from a backup', async () => {
      const later = { ...revisionAt(1), revisedAt: minutesLater(60), requestId: 'later' };
      await revisions.append([revisionAt(1)]);
      await revisions.append([later]);
      await revisions.append([revisionAt(1)]);
      fixture.settle();
      expect(await revisions.find(company.companyId, 1)).toEqual(later);
      expect(await revisions.versions(company.companyId)).toEqual([1]);
    });

    it('are removed alone, unless others have taken their place', async () => {
      const later = { ...revisionAt(3), revisedAt: minutesLater(60) };
      await revisions.append([revisionAt(1), revisionAt(2), later]);
      expect(await revisions.remove(revisionAt(2))).toBe(true);
      expect(await revisions.remove(revisionAt(2))).toBe(false);
      expect(await revisions.remove(revisionAt(3))).toBe(false);
      fixture.settle();
      expect(await revisions.versions(company.companyId)).toEqual([1, 3]);
      expect(await revisions.find(company.companyId, 2)).toBeUndefined();
      expect(await revisions.find(company.companyId, 3)).toEqual(later);
    });

    it.each([1, 2, 4, 5, 12, 100])('are listed newest first, in pages of %d', async (limit) => {
      await revisions.append([3, 12, 1, 10, 9, 2, 11, 8, 4, 5, 7, 6].map(revisionAt));
      fixture.settle();
      const seen: number[] = [];
      let after: Continuation | undefined;
      do {
        const page = await revisions.list(company.companyId, {
          limit,
          ...(after !== undefined && { after }),
        });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items.map(({ version }) => version));
        expect(seen.length).toBeLessThanOrEqual(12);
        after = page.next;
      } while (after !== undefined);
      expect(seen).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    });

    it('tell which versions there are, gaps too, in ascending order', async () => {
      await revisions.append([11, 2, 100, 1, 10].map(revisionAt));
      expect(await revisions.versions(company.companyId)).toEqual([1, 2, 10, 11, 100]);
    });

    it('of one company are not those of another', async () => {
      await revisions.append([revisionAt(1), { ...revisionAt(2), companyId: companyIdAt(2) }]);
      fixture.settle();
      expect(await revisions.versions(company.companyId)).toEqual([1]);
      expect(await revisions.find(company.companyId, 2)).toBeUndefined();
      expect((await revisions.list(companyIdAt(2), { limit: 5 })).items).toHaveLength(1);
    });
  });
}
