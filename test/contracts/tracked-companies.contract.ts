import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TrackedCompanies } from '../../src/application/statistics/ports/tracked-companies.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import { follow, type TrackedCompany } from '../../src/domain/statistics/tracked-company.ts';
import { companyIdAt, minutesLater } from '../support/company-mother.ts';
import type { StatisticsFixture } from '../support/statistics-fixture.ts';
import { aTrackedCompany } from '../support/tracked-company-mother.ts';
import { shortOrLong } from '../support/test-length.ts';

const industry = { scheme: 'gics', code: '4010', label: 'Banks' };
const identifiers = [
  { scheme: 'lei', value: 'O2RNE8IBXP4R0TD8PU41' },
  { scheme: 'ticker', value: 'GLE' },
];
const rich = aTrackedCompany(3, {
  facts: { companyName: 'Société Générale 🏭', status: 'dormant', countryCode: 'FR', industry, identifiers },
  requestId: 'request-1',
});
const poor = aTrackedCompany(3);

/** What every TrackedCompanies promises. */
export function trackedCompaniesContract(
  name: string,
  makeFixture: () => StatisticsFixture | Promise<StatisticsFixture>,
): void {
  describe(`tracked companies ${name}`, () => {
    let fixture: StatisticsFixture;
    let tracked: TrackedCompanies;

    beforeEach(async () => {
      fixture = await makeFixture();
      tracked = fixture.tracked;
    });

    const known = (companyId: CompanyId = poor.companyId): Promise<TrackedCompany | undefined> =>
      tracked.find(companyId, 'strong');

    async function all(): Promise<TrackedCompany[]> {
      fixture.settle();
      const found: TrackedCompany[] = [];
      for await (const company of tracked.all()) found.push(company);
      return found;
    }

    it('are unknown until something is said of them', async () => {
      expect(await known()).toBeUndefined();
      expect(await tracked.find(companyIdAt(1), 'eventual')).toBeUndefined();
      expect(await all()).toEqual([]);
    });

    it.each([
      ['much', rich],
      ['little', poor],
      ['that they are gone', aTrackedCompany(3, { removed: true })],
      ['their future', aTrackedCompany(3, { changedAt: '2099-01-01T00:00:00.000Z' })],
    ])('are found as they were followed, where %s was said', async (_, company) => {
      expect(await tracked.follow(company)).toBeUndefined();
      expect(await known()).toEqual(company);
      fixture.settle();
      expect(await tracked.find(company.companyId, 'eventual')).toEqual(company);
    });

    it('keep nothing of what they were', async () => {
      await tracked.follow(rich);
      await tracked.follow(aTrackedCompany(4));
      expect(await known()).toEqual(aTrackedCompany(4));
    });

    it.each([
      ['older', aTrackedCompany(2)],
      ['the same', aTrackedCompany(3, { requestId: 'again', changedAt: minutesLater(50) })],
      ['contradictory', aTrackedCompany(3, { companyName: 'Fork' })],
      ['contradictory in its industry alone', { ...poor, facts: { ...poor.facts, industry } }],
      ['contradictory in its identifiers alone', { ...poor, facts: { ...poor.facts, identifiers } }],
      ['of an earlier epoch', aTrackedCompany(9, { epoch: 0 })],
    ])('answer with what is known to what is %s, and keep it', async (_, other) => {
      await tracked.follow(poor);
      expect(await tracked.follow(other)).toEqual(poor);
      expect(await known()).toEqual(poor);
    });

    it('once gone stay gone, until the epoch is raised', async () => {
      const gone = aTrackedCompany(3, { removed: true });
      await tracked.follow(gone);
      expect(await tracked.follow(aTrackedCompany(4))).toEqual(gone);
      expect(await tracked.follow(aTrackedCompany(1, { epoch: 2 }))).toBeUndefined();
      expect(await known()).toEqual(aTrackedCompany(1, { epoch: 2 }));
    });

    it('end at the last version when all versions are told at once', async () => {
      const versions = [7, 3, 12, 1, 9, 20, 15, 2, 18, 11, 4, 6, 8, 10, 5, 13, 14, 16, 17, 19];
      await Promise.all(versions.map((version) => tracked.follow(aTrackedCompany(version))));
      expect(await known()).toEqual(aTrackedCompany(20));
    });

    it('follow as the domain says, whatever comes in whatever order', async () => {
      let histories = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(anyChange(), { minLength: 1, maxLength: 12 }), async (changes) => {
          const companyId = companyIdAt(++histories);
          let expected: TrackedCompany | undefined;
          for (const change of changes.map((each) => ({ ...each, companyId }))) {
            const followed = follow(expected, change) === 'followed';
            expect(await tracked.follow(change)).toEqual(followed ? undefined : expected);
            if (followed) expected = change;
          }
          expect(await known(companyId)).toEqual(expected);
        }),
        { numRuns: shortOrLong(10, 300) },
      );
    });

    it('end at the same state in any order, where nothing contradicts', async () => {
      let histories = 0;
      const history = fc
        .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.boolean())
        .map(([first, second, firstEnds, secondEnds]) => [
          ...versionsOf(1, first, firstEnds),
          ...versionsOf(2, second, secondEnds),
        ]);
      const deliveries = history.chain((changes) =>
        fc.tuple(
          fc.constant(changes.at(-1)!),
          fc.shuffledSubarray([...changes, ...changes], { minLength: changes.length * 2 }),
        ),
      );
      await fc.assert(
        fc.asyncProperty(deliveries, async ([last, delivered]) => {
          const companyId = companyIdAt(++histories);
          for (const change of delivered) await tracked.follow({ ...change, companyId });
          expect(await known(companyId)).toEqual({ ...last, companyId });
        }),
        { numRuns: shortOrLong(5, 100) },
      );
    });

    describe('overwritten', () => {
      it.each([
        ['nothing', undefined],
        ['a lower version', aTrackedCompany(2)],
        ['the same version with other content', rich],
        ['a tombstone of the same version', aTrackedCompany(3, { removed: true })],
        ['a tombstone of a lower version', aTrackedCompany(2, { removed: true })],
        ['an earlier epoch', aTrackedCompany(9, { epoch: 0 })],
      ])('where %s is known, are what the source says', async (_, before) => {
        if (before) await tracked.follow(before);
        expect(await tracked.overwrite(poor)).toBe(true);
        expect(await known()).toEqual(poor);
      });

      it.each([
        ['a higher version', aTrackedCompany(4)],
        ['a later epoch', aTrackedCompany(1, { epoch: 2 })],
      ])('where %s is known, stay as they are', async (_, before) => {
        await tracked.follow(before);
        expect(await tracked.overwrite(poor)).toBe(false);
        expect(await known()).toEqual(before);
      });
    });

    describe('forgotten', () => {
      it('are unknown again', async () => {
        for (const company of [poor, rich]) {
          await tracked.follow(company);
          expect(await tracked.forget(company)).toBe(true);
          expect(await known()).toBeUndefined();
          expect(await all()).toEqual([]);
        }
        expect(await tracked.follow(aTrackedCompany(1))).toBeUndefined();
      });

      it.each([
        ['followed', aTrackedCompany(4)],
        ['overwritten', rich],
        ['removed', aTrackedCompany(3, { removed: true })],
      ])('stay where they were %s since', async (_, since) => {
        await tracked.follow(poor);
        await tracked.overwrite(since);
        expect(await tracked.forget(poor)).toBe(false);
        expect(await known()).toEqual(since);
      });

      it('were never known', async () => {
        expect(await tracked.forget(poor)).toBe(false);
        expect(await known()).toBeUndefined();
      });
    });

    it('are all told in ascending order, those that are gone too', async () => {
      const companies = Array.from({ length: 120 }, (_, index) =>
        aTrackedCompany(3, { companyId: companyIdAt(index + 1), removed: index % 10 === 0 }),
      );
      await Promise.all(companies.toReversed().map((company) => tracked.follow(company)));
      expect(await all()).toEqual(companies);
    });
  });
}

/** Changes that duplicate, outdate and contradict one another. */
function anyChange(): fc.Arbitrary<TrackedCompany> {
  const change = fc.record({
    epoch: fc.integer({ min: 0, max: 2 }),
    version: fc.integer({ min: 1, max: 4 }),
    companyName: fc.constantFrom('A', 'B'),
    hasIndustry: fc.boolean(),
    removed: fc.boolean(),
    minute: fc.integer({ min: 0, max: 9 }),
    requestId: fc.option(fc.constantFrom('request-1', 'request-2'), { nil: undefined }),
  });
  return change.map(({ epoch, version, companyName, hasIndustry, removed, minute, requestId }) => ({
    ...aTrackedCompany(version, { epoch, removed, changedAt: minutesLater(minute) }),
    facts: {
      companyName,
      status: 'active',
      countryCode: 'US',
      ...(hasIndustry && { industry }),
      identifiers: hasIndustry ? identifiers : [],
    },
    ...(requestId !== undefined && { requestId }),
  }));
}

function versionsOf(epoch: number, count: number, ends: boolean): TrackedCompany[] {
  return Array.from({ length: count }, (_, index) =>
    aTrackedCompany(index + 1, { epoch, removed: ends && index + 1 === count }),
  );
}
