import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemorySeriesReadings } from '../../../src/adapters/in-memory/statistics/in-memory-series-readings.ts';
import { InMemoryStatistics } from '../../../src/adapters/in-memory/statistics/in-memory-statistics.ts';
import { InMemoryObservations } from '../../../src/adapters/in-memory/statistics/in-memory-observations.ts';
import { bigJsArithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { ListEarlierReports } from '../../../src/application/statistics/list-earlier-reports.ts';
import type { TimeRange } from '../../../src/application/statistics/ports/series-readings.ts';
import { ReadSeries } from '../../../src/application/statistics/read-series.ts';
import { CompanyNotTracked } from '../../../src/domain/statistics/errors.ts';
import type { ObservedAt } from '../../../src/domain/statistics/observed-at.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { anObservation, firstOf, PRICE } from '../../support/observation-mother.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';

const companyId = companyIdAt(1);

/** Says what it was asked for. */
class ObservedReadings extends InMemorySeriesReadings {
  readonly asked: string[] = [];

  override async summary(...asked: Parameters<InMemorySeriesReadings['summary']>) {
    this.asked.push('summary');
    return super.summary(...asked);
  }

  override async *years(...asked: Parameters<InMemorySeriesReadings['years']>) {
    const [, , from, to] = asked;
    this.asked.push(`years ${from} to ${to}`);
    for await (const row of super.years(...asked)) {
      this.asked.push(row.year);
      yield row;
    }
  }

  override async observations(...asked: Parameters<InMemorySeriesReadings['observations']>) {
    this.asked.push('observations');
    return super.observations(...asked);
  }

  override async earlierReports(...asked: Parameters<InMemorySeriesReadings['earlierReports']>) {
    this.asked.push('reports');
    return super.earlierReports(...asked);
  }
}

let statistics: InMemoryStatistics;
let readings: ObservedReadings;
let readSeries: ReadSeries;

beforeEach(async () => {
  statistics = new InMemoryStatistics();
  readings = new ObservedReadings(statistics.series, statistics.tracked, statistics.documents);
  readSeries = new ReadSeries(readings, statistics.tracked, bigJsArithmetic);
  const observations = ['2019', '2020-01', '2021-05', '2022-07', '2023-12-31'].map((at) =>
    anObservation(at, '1'),
  );
  await new InMemoryObservations(statistics.series).commit(companyId, [firstOf(observations)]);
});

function rangeOf(from?: string, to?: string): TimeRange {
  return {
    ...(from !== undefined && { from: from as ObservedAt }),
    ...(to !== undefined && { to: to as ObservedAt }),
  };
}

const query = (range: TimeRange = {}) => ({ companyId, series: PRICE, range });

describe('reading a series by period', () => {
  it.each([
    [rangeOf(), 'years 0001 to 9999'],
    [rangeOf('2020-05', '2022-02-01'), 'years 2020 to 2022'],
    [rangeOf('2020', '2022'), 'years 2020 to 2021'],
    [rangeOf(undefined, '1000'), 'years 0001 to 0999'],
  ])('asks once, for the years in which a period of the range may begin: %j', async (range, asked) => {
    await readSeries.byPeriod(query(range), 'month', { limit: 100 });
    expect(readings.asked.filter((one) => one.startsWith('years'))).toEqual([asked]);
  });

  it('asks for no years where there are none', async () => {
    const { items } = await readSeries.byPeriod(query(rangeOf(undefined, '0001')), 'month', { limit: 1 });
    expect([items, readings.asked]).toEqual([[], ['summary']]);
  });

  it('asks for no more years than the page needs, and goes on where it ended', async () => {
    const first = await readSeries.byPeriod(query(), 'quarter', { limit: 2 });
    expect(readings.asked).toEqual(['years 0001 to 9999', '2019', '2020', '2021', '2022']);
    expect(first).toMatchObject({ items: [{ period: '2020-Q1' }, { period: '2021-Q2' }], excluded: 1 });
    readings.asked.length = 0;
    const second = await readSeries.byPeriod(query(), 'quarter', { limit: 2, after: first.next! });
    expect(readings.asked).toEqual(['years 2021 to 9999', '2021', '2022', '2023']);
    expect(second).toMatchObject({ items: [{ period: '2022-Q3' }, { period: '2023-Q4' }], excluded: 0 });
    expect(second.next).toBeUndefined();
  });
});

describe('whether a company is known', () => {
  it('is asked only where nothing else says it', async () => {
    await readSeries.raw(query(), { limit: 1 });
    await readSeries.raw(query(rangeOf('2030')), { limit: 1 });
    expect(readings.asked).toEqual(['observations', 'observations', 'summary']);
    await statistics.tracked.follow(aTrackedCompany(1));
    readings.asked.length = 0;
    await readSeries.raw(query(rangeOf('2030')), { limit: 1 });
    const reports = new ListEarlierReports(readings, statistics.tracked);
    expect(await reports.execute(query(), { limit: 1 })).toEqual({ items: [] });
    expect(readings.asked).toEqual(['observations', 'reports']);
  });

  it('is said by what is too coarse for a point', async () => {
    const found = await readSeries.byPeriod(query(rangeOf('2019', '2020')), 'month', { limit: 1 });
    expect(found).toMatchObject({ items: [], excluded: 1, companyName: null });
    expect(readings.asked).not.toContain('summary');
  });

  it('is not so after it was removed', async () => {
    await statistics.tracked.follow(aTrackedCompany(1, { removed: true }));
    await expect(readSeries.raw(query(), { limit: 1 })).rejects.toBeInstanceOf(CompanyNotTracked);
    await expect(readSeries.byPeriod(query(), 'year', { limit: 1 })).rejects.toBeInstanceOf(
      CompanyNotTracked,
    );
  });
});
