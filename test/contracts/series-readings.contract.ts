import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SeriesReadings, TimeRange } from '../../src/application/statistics/ports/series-readings.ts';
import type { Observation } from '../../src/domain/statistics/observation.ts';
import type { ObservedAt } from '../../src/domain/statistics/observed-at.ts';
import type { Series } from '../../src/domain/statistics/series.ts';
import { NO_DOCUMENTS } from '../../src/domain/statistics/document-totals.ts';
import { allPages } from '../support/all-pages.ts';
import { companyIdAt } from '../support/company-mother.ts';
import { anObservation, firstOf, ODD_LABELS, PRICE } from '../support/observation-mother.ts';
import type { StatisticsFixture } from '../support/statistics-fixture.ts';
import { aTrackedCompany } from '../support/tracked-company-mother.ts';
import { shortOrLong } from '../support/test-length.ts';

const ACME = companyIdAt(1);
const OTHER = companyIdAt(2);
const TIMES = [
  '0001',
  '2023-12-31T23:59:59.999Z',
  '2024',
  '2024-01',
  '2024-01-01',
  '2024-01-01T00:00:00.000Z',
  '2024-01-01T00:00:00.001Z',
  '2024-02',
  '2024-02-29',
  '2024-12-31',
  '2025',
  '2025-01-02',
  '9999-12-31T23:59:59.999Z',
];

/** What every SeriesReadings promises. */
export function seriesReadingsContract(
  name: string,
  makeFixture: () => StatisticsFixture | Promise<StatisticsFixture>,
): void {
  describe(`readings of series ${name}`, () => {
    let fixture: StatisticsFixture;
    let readings: SeriesReadings;

    beforeEach(async () => {
      fixture = await makeFixture();
      readings = fixture.readings;
    });

    async function record(observations: readonly Observation[], companyId = ACME): Promise<void> {
      expect(await fixture.observations.commit(companyId, [firstOf(observations)])).toBeUndefined();
    }

    describe('in a summary', () => {
      const summary = (limit = 100, companyId = ACME) => readings.summary(companyId, { limit }, 'strong');

      /** The series of all pages, each of which tells of the company. */
      const seriesOf = (limit: number, company: object | undefined): Promise<Series[]> =>
        allPages(limit, async (page) => {
          const { items, next, ...rest } = (await readings.summary(ACME, page, 'strong'))!;
          expect(rest.company).toEqual(company);
          return { items: items.map(({ series }) => series), ...(next !== undefined && { next }) };
        });

      it('are missing where nothing at all is known', async () => {
        await record([anObservation('2024', '1')], OTHER);
        expect(await summary()).toBeUndefined();
        expect(await readings.summary(ACME, { limit: 1 }, 'eventual')).toBeUndefined();
      });

      it('are none where only the company is known, gone or not', async () => {
        for (const company of [aTrackedCompany(1), aTrackedCompany(2, { removed: true })]) {
          await fixture.tracked.follow(company);
          expect(await summary()).toEqual({ items: [], documents: NO_DOCUMENTS, company });
        }
      });

      it('are told where the company is not known yet', async () => {
        const observations = [anObservation('2024-01', '1'), anObservation('2025-01', '-3')];
        await record(observations);
        const { figures } = firstOf(observations).rollup!;
        expect(await summary()).toEqual({ items: [{ series: PRICE, figures }], documents: NO_DOCUMENTS });
      });

      it('are told at once by a strong read, and by others in the end', async () => {
        const company = aTrackedCompany(1);
        await fixture.tracked.follow(company);
        await record([anObservation('2024', '1')]);
        const { figures } = firstOf([anObservation('2024', '1')]).rollup!;
        const expected = { company, documents: NO_DOCUMENTS, items: [{ series: PRICE, figures }] };
        expect(await summary()).toEqual(expected);
        fixture.settle();
        expect(await readings.summary(ACME, { limit: 5 }, 'eventual')).toEqual(expected);
      });

      it.each([false, true])(
        'are in order, page after page, the company being known: %s',
        async (isKnown) => {
          const company = isKnown ? aTrackedCompany(1) : undefined;
          const all = ['eps', 'price', 'price-adjusted', 'revenues'].flatMap((metric) =>
            ['EUR', 'GBP', 'USD'].map((unit) => ({ metric, unit })),
          );
          if (company) await fixture.tracked.follow(company);
          for (const series of all.toReversed()) await record([anObservation('2024', '1', series)]);
          await record([anObservation('2024', '1', { metric: 'other' })], OTHER);
          for (const limit of [1, 5, 11, 12, 13, 100]) expect(await seriesOf(limit, company)).toEqual(all);
        },
      );

      it('may have odd units', async () => {
        for (const unit of ODD_LABELS) await record([anObservation('2024', '1', { unit })]);
        const units = (await seriesOf(3, undefined)).map(({ unit }) => unit);
        expect(units).toHaveLength(ODD_LABELS.length);
        expect(new Set(units)).toEqual(new Set(ODD_LABELS));
      });
    });

    describe('by year', () => {
      async function yearsOf(series: Series, from: string, to: string) {
        const found: { readonly year: string; readonly rollup: object }[] = [];
        for await (const one of readings.years(ACME, series, from, to)) found.push(one);
        return found;
      }

      it('are those between two, both included, in order', async () => {
        const observations = ['2023', '2021', '0999', '2022', '2025', '9999'].map((year, index) =>
          anObservation(`${year}-06`, String(index)),
        );
        await record(observations);
        await record([anObservation('2022', '1', { unit: 'USD#2022' })]);
        await record([anObservation('2022', '1', { unit: 'US' })]);
        await record([anObservation('2022', '1', { metric: 'price-adjusted' })]);
        fixture.settle();
        const { years } = firstOf(observations).rollup!;
        const expected = (...wanted: string[]) => wanted.map((year) => ({ year, rollup: years.get(year) }));
        expect(await yearsOf(PRICE, '2021', '2023')).toEqual(expected('2021', '2022', '2023'));
        expect(await yearsOf(PRICE, '2024', '2024')).toEqual([]);
        expect(await yearsOf(PRICE, '2025', '2025')).toEqual(expected('2025'));
        expect(await yearsOf(PRICE, '0001', '9999')).toEqual(
          expected('0999', '2021', '2022', '2023', '2025', '9999'),
        );
        expect(await yearsOf(PRICE, '2023', '2021')).toEqual([]);
        expect(await yearsOf({ metric: 'price', unit: 'EUR' }, '0001', '9999')).toEqual([]);
      });
    });

    describe('one by one', () => {
      const all = TIMES.flatMap((observedAt) => [
        anObservation(observedAt, '1', { source: 'a' }),
        anObservation(observedAt, '2', { source: 'b', reportedAt: '2025-01-01' }),
      ]);
      const within =
        ({ from, to }: TimeRange) =>
        ({ observedAt }: Observation): boolean =>
          (from === undefined || observedAt >= from) && (to === undefined || observedAt < to);
      const anyRange = fc.record(
        {
          from: fc.constantFrom(...(TIMES as ObservedAt[])),
          to: fc.constantFrom(...(TIMES as ObservedAt[])),
        },
        { requiredKeys: [] },
      );

      it('are those within a range, by time and source, page after page', async () => {
        await record(all.toReversed());
        for (const other of [{ unit: 'USD#2024' }, { unit: 'US' }, { metric: 'price-adjusted' }])
          await record([anObservation('2024', '1', other)]);
        await record([anObservation('2024', '1', { source: 'other' })], OTHER);
        fixture.settle();
        await fc.assert(
          fc.asyncProperty(anyRange, fc.integer({ min: 1, max: 30 }), async (range, limit) => {
            const found = await allPages(limit, (page) => readings.observations(ACME, PRICE, range, page));
            expect(found).toEqual(all.filter(within(range)));
          }),
          { numRuns: shortOrLong(5, 200) },
        );
      });

      it('are those within a range as they were reported before, by time, source and report', async () => {
        const earlier = all.flatMap((one) =>
          ['', '2024', '2024-05'].map((reportedAt) =>
            anObservation(one.observedAt, '7', { source: one.source, reportedAt }),
          ),
        );
        await record(all);
        for (const [index, observation] of all.entries()) {
          const added = earlier.slice(3 * index, 3 * index + 3);
          const change = { observation, revisionBefore: 1, earlier: { added, removed: [] } };
          await fixture.observations.commit(ACME, [{ series: PRICE, observations: [change] }]);
        }
        fixture.settle();
        await fc.assert(
          fc.asyncProperty(anyRange, fc.integer({ min: 1, max: 70 }), async (range, limit) => {
            const found = await allPages(limit, (page) => readings.earlierReports(ACME, PRICE, range, page));
            expect(found).toEqual(earlier.filter(within(range)));
          }),
          { numRuns: shortOrLong(4, 100) },
        );
        expect(await readings.earlierReports(OTHER, PRICE, {}, { limit: 5 })).toEqual({ items: [] });
      });

      it('may have odd sources', async () => {
        const odd = ODD_LABELS.map((source) => anObservation('2024', '1', { source }));
        await record([...odd, anObservation('2023', '1'), anObservation('2025', '1')]);
        fixture.settle();
        const range = { from: '2024' as ObservedAt, to: '2025' as ObservedAt };
        const found = await allPages(3, (page) => readings.observations(ACME, PRICE, range, page));
        expect(found).toHaveLength(odd.length);
        expect(found).toEqual(expect.arrayContaining(odd));
      });
    });
  });
}
