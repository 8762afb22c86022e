import { beforeEach, describe, expect, it } from '@jest/globals';
import type { TrackedSeries } from '../../src/application/statistics/ports/tracked-series.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import { seriesKey, type Series } from '../../src/domain/statistics/series.ts';
import type { CompanySeries } from '../../src/domain/statistics/standing.ts';
import { companyIdAt } from '../support/company-mother.ts';
import { anObservation, firstOf, ODD_LABELS, PRICE } from '../support/observation-mother.ts';
import type { StatisticsFixture } from '../support/statistics-fixture.ts';
import { aTrackedCompany } from '../support/tracked-company-mother.ts';

const ACME = companyIdAt(1);

/** What every TrackedSeries promises. */
export function trackedSeriesContract(
  name: string,
  makeFixture: () => StatisticsFixture | Promise<StatisticsFixture>,
): void {
  describe(`tracked series ${name}`, () => {
    let fixture: StatisticsFixture;
    let trackedSeries: TrackedSeries;

    beforeEach(async () => {
      fixture = await makeFixture();
      trackedSeries = fixture.trackedSeries;
    });

    async function record(companyId: CompanyId, ...recorded: readonly Series[]): Promise<void> {
      const changes = recorded.map((series) => firstOf([anObservation('2024', '1', series)]));
      expect(await fixture.observations.commit(companyId, changes)).toBeUndefined();
    }

    async function ofMetric(metric: string, after?: CompanyId): Promise<CompanySeries[]> {
      fixture.settle();
      const found: CompanySeries[] = [];
      for await (const one of trackedSeries.ofMetric(metric, after)) found.push(one);
      return found;
    }

    const byKey = (series: readonly Series[]): Series[] =>
      [...series].sort((left, right) => (seriesKey(left) < seriesKey(right) ? -1 : 1));

    it('are none until something is recorded', async () => {
      await fixture.tracked.follow(aTrackedCompany(1));
      expect(await trackedSeries.ofCompany(ACME)).toEqual([]);
      expect(await trackedSeries.figuresOf([{ companyId: ACME, series: PRICE }])).toEqual([undefined]);
      expect(await trackedSeries.figuresOf([])).toEqual([]);
      expect(await ofMetric('price')).toEqual([]);
    });

    it('have their figures told in the order in which they are asked for, at once', async () => {
      const observations = [anObservation('2024', '1'), anObservation('2025', '-4')];
      await fixture.observations.commit(ACME, [firstOf(observations)]);
      await record(companyIdAt(2), PRICE);

      const euros = { metric: 'price', unit: 'EUR' };
      expect(
        await trackedSeries.figuresOf([
          { companyId: companyIdAt(2), series: PRICE },
          { companyId: ACME, series: euros },
          { companyId: ACME, series: PRICE },
          { companyId: companyIdAt(3), series: PRICE },
        ]),
      ).toEqual([
        firstOf([anObservation('2024', '1')]).rollup!.figures,
        undefined,
        firstOf(observations).rollup!.figures,
        undefined,
      ]);
    });

    it('of a company are told at once, odd ones too', async () => {
      const odd = ODD_LABELS.map((unit) => ({ metric: 'price', unit }));
      const all = [...odd, { metric: 'revenues-3m', unit: 'USD' }];
      await fixture.tracked.follow(aTrackedCompany(1));
      await record(ACME, ...all);
      await record(companyIdAt(2), { metric: 'price', unit: 'EUR' });
      expect(byKey(await trackedSeries.ofCompany(ACME))).toEqual(byKey(all));
      expect(byKey((await ofMetric('price')).map(({ series }) => series))).toEqual(
        byKey([...odd, { metric: 'price', unit: 'EUR' }]),
      );
    });

    it('of a metric are told in the order of the companies, after one of them where it is given', async () => {
      const ids = Array.from({ length: 60 }, (_, index) => companyIdAt(index + 1));
      const others = ['price-adjusted', 'pric', 'eps'].map((metric) => ({ metric, unit: 'USD' }));
      await Promise.all(
        ids.toReversed().map(async (companyId, index) => {
          await fixture.tracked.follow(aTrackedCompany(1, { companyId }));
          if (index % 3 > 0) await record(companyId, ...others, PRICE);
          else await record(companyId, ...others, PRICE, { metric: 'price', unit: 'EUR' });
        }),
      );

      const expected = ids.flatMap((companyId, index) =>
        (59 - index) % 3 > 0 ? [companyId] : [companyId, companyId],
      );
      const found = await ofMetric('price');
      expect(found.map(({ companyId }) => companyId)).toEqual(expected);
      expect(new Set(found.map(({ companyId, series }) => `${companyId} ${seriesKey(series)}`)).size).toBe(
        80,
      );
      const after = await ofMetric('price', companyIdAt(20));
      expect(after.map(({ companyId }) => companyId)).toEqual(expected.filter((id) => id > companyIdAt(20)));
      expect(await ofMetric('price', companyIdAt(60))).toEqual([]);
    });
  });
}
