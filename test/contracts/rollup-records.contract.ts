import { beforeEach, describe, expect, it } from '@jest/globals';
import { bigJsArithmetic } from '../../src/adapters/system/big-js-arithmetic.ts';
import type { RollupRecords } from '../../src/application/statistics/ports/rollup-records.ts';
import type { Observation } from '../../src/domain/statistics/observation.ts';
import { foldOf, yearsOf } from '../../src/domain/statistics/rollup.ts';
import { companyIdAt } from '../support/company-mother.ts';
import { anObservation, firstOf, ODD_LABELS, PRICE } from '../support/observation-mother.ts';
import type { StatisticsFixture } from '../support/statistics-fixture.ts';
import { aTrackedCompany } from '../support/tracked-company-mother.ts';

const ACME = companyIdAt(1);
const some = [anObservation('2023', '7'), anObservation('2024-03', '1.5'), anObservation('2024-12-31', '-2')];
const figures = foldOf(some, bigJsArithmetic)!;
const years = yearsOf(some, bigJsArithmetic);

/** What every RollupRecords promises. */
export function rollupRecordsContract(
  name: string,
  makeFixture: () => StatisticsFixture | Promise<StatisticsFixture>,
): void {
  describe(`the records of rollups ${name}`, () => {
    let fixture: StatisticsFixture;
    let records: RollupRecords;

    beforeEach(async () => {
      fixture = await makeFixture();
      records = fixture.rollupRecords;
    });

    const record = async (...observations: readonly Observation[]): Promise<void> =>
      expect(await fixture.observations.commit(ACME, [firstOf(observations)])).toBeUndefined();

    it('are none where nothing is known', async () => {
      expect(await all(records.companies())).toEqual([]);
      expect(await records.rollups(ACME)).toEqual([]);
      expect(await all(records.observations(ACME))).toEqual([]);
    });

    it('tell every company of which anything is known, by companyId, with its series', async () => {
      await record(...some);
      await record(anObservation('2024', '1', { unit: 'EUR' }));
      await fixture.observations.commit(companyIdAt(3), [firstOf(some)]);
      for (const number of [1, 2]) {
        await fixture.tracked.follow(aTrackedCompany(1, { companyId: companyIdAt(number) }));
      }
      fixture.settle();
      expect(
        (await all(records.companies())).map(({ companyId, series }) => [companyId, sorted(series)]),
      ).toEqual([
        [ACME, [{ ...PRICE, unit: 'EUR' }, PRICE]],
        [companyIdAt(2), []],
        [companyIdAt(3), [PRICE]],
      ]);
    });

    it('tell the rollups of all series with all years, and what they are made of, as of the last write', async () => {
      await record(...some);
      await record(anObservation('1999', '3', { metric: 'revenues' }));
      const [prices, revenues] = await records.rollups(ACME);
      expect(prices).toEqual({ series: PRICE, revision: 1, figures, years });
      expect([revenues?.series.metric, [...revenues!.years.keys()]]).toEqual(['revenues', ['1999']]);

      const told = await all(records.observations(ACME));
      expect(told).toHaveLength(4);
      expect(told.slice(0, 3)).toEqual(some);
    });

    it('know series by units that make poor keys', async () => {
      const odd = (unit: string): Observation[] => some.map((one) => ({ ...one, unit }));
      for (const unit of ODD_LABELS) await record(...odd(unit));
      fixture.settle();
      const series = ODD_LABELS.map((unit) => ({ ...PRICE, unit }));
      const [company] = await all(records.companies());
      expect(sorted(company!.series)).toEqual(sorted(series));
      expect(sorted(await records.rollups(ACME))).toEqual(
        sorted(series.map((one) => ({ series: one, revision: 1, figures, years }))),
      );
      expect(sorted(await all(records.observations(ACME)))).toEqual(sorted(ODD_LABELS.flatMap(odd)));
    });

    it('restore figures and the years that are named, at the revision that was read', async () => {
      await record(...some);
      const wrong = foldOf([anObservation('2024', '9')], bigJsArithmetic)!;
      const nothing = new Map([['2023', undefined]]);
      const restoration = { series: PRICE, revisionBefore: 1, figures: wrong, years: nothing };
      expect(await records.restore(ACME, restoration)).toBe(true);
      const left = new Map([['2024', years.get('2024')]]);
      expect(await records.rollups(ACME)).toEqual([
        { series: PRICE, revision: 2, figures: wrong, years: left },
      ]);

      expect(await records.restore(ACME, { ...restoration, figures, years })).toBe(false);
      expect(await records.rollups(ACME)).toEqual([
        { series: PRICE, revision: 2, figures: wrong, years: left },
      ]);
    });

    it('leave no series where it has no observations, and make one that is missing', async () => {
      await record(...some);
      const gone = new Map([...years.keys()].map((year) => [year, undefined]));
      const none = { series: PRICE, revisionBefore: 1, figures: undefined, years: gone };
      expect(await records.restore(ACME, none)).toBe(true);
      expect(await records.rollups(ACME)).toEqual([]);

      expect(await records.restore(ACME, { series: PRICE, revisionBefore: 0, figures, years })).toBe(true);
      expect(await records.rollups(ACME)).toEqual([{ series: PRICE, revision: 1, figures, years }]);
      expect(await records.restore(ACME, { series: PRICE, revisionBefore: 0, figures, years })).toBe(false);
    });

    it('tell of years that are left without their series', async () => {
      await record(...some);
      const none = { series: PRICE, revisionBefore: 1, figures: undefined, years: new Map() };
      expect(await records.restore(ACME, none)).toBe(true);
      expect(await records.rollups(ACME)).toEqual([{ series: PRICE, revision: 0, years }]);
    });
  });
}

async function all<One>(items: AsyncIterable<One>): Promise<One[]> {
  const found: One[] = [];
  for await (const item of items) found.push(item);
  return found;
}

function sorted<One>(items: readonly One[]): One[] {
  return [...items].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}
