import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryRankings } from '../../../src/adapters/in-memory/statistics/in-memory-rankings.ts';
import { InMemoryStatistics } from '../../../src/adapters/in-memory/statistics/in-memory-statistics.ts';
import { bigJsArithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { AggregateCompanies } from '../../../src/application/statistics/aggregate-companies.ts';
import { NameSeries } from '../../../src/application/statistics/name-series.ts';
import type { MetricDefinitions } from '../../../src/application/statistics/ports/metric-definitions.ts';
import { RankCompanies } from '../../../src/application/statistics/rank-companies.ts';
import { InvalidInput } from '../../../src/domain/shared/errors.ts';
import { MetricNotRanked } from '../../../src/domain/statistics/errors.ts';
import { companyIdAt, minutesLater } from '../../support/company-mother.ts';
import { anObservation, PRICE } from '../../support/observation-mother.ts';

const PAGE = { limit: 10 };
const RANKING = { series: PRICE, order: 'desc' } as const;

let statistics: InMemoryStatistics;
let asked: number;
let definitions: Pick<MetricDefinitions, 'find'>;
let rankCompanies: RankCompanies;
let aggregateCompanies: AggregateCompanies;

beforeEach(() => {
  statistics = new InMemoryStatistics();
  // What was defined just now must be found.
  statistics.lag(100);
  asked = 0;
  definitions = {
    find: (...of) => {
      asked++;
      return statistics.definitions.find(...of);
    },
  };
  const rankings = new InMemoryRankings(statistics.projections, bigJsArithmetic);
  rankCompanies = new RankCompanies(rankings, definitions);
  aggregateCompanies = new AggregateCompanies(rankings, definitions, bigJsArithmetic);
});

async function define(ranked: boolean, unit?: string): Promise<void> {
  await statistics.definitions.save({
    metric: PRICE.metric,
    ...(unit !== undefined && { unit }),
    ranked,
    revision: 1,
    updatedAt: minutesLater(1),
  });
}

function stand(): void {
  const companyId = companyIdAt(1);
  const groups = [{ dimension: 'country', group: 'US' }] as const;
  const standing = { companyName: 'Acme', latest: anObservation('2024', '5'), groups };
  statistics.projections.keepStanding({ companyId, series: PRICE, revision: 1, standing });
  const membership = { companyName: 'Acme', groups, identifiers: [] };
  statistics.projections.keepMembership({ companyId, revision: 1, membership }, minutesLater(1));
  statistics.catchUp();
}

describe('whether a metric is ranked', () => {
  it('is asked where nobody is ranked', async () => {
    await expect(rankCompanies.execute(RANKING, PAGE)).rejects.toBeInstanceOf(MetricNotRanked);
    await expect(aggregateCompanies.execute('country', PRICE, PAGE)).rejects.toBeInstanceOf(MetricNotRanked);
    await define(true);
    expect(await rankCompanies.execute(RANKING, PAGE)).toEqual({ items: [] });
    expect(await aggregateCompanies.execute('country', PRICE, PAGE)).toEqual({ items: [] });
  });

  it('is not asked where somebody is, where a list goes on, or where no metric is asked for', async () => {
    stand();
    expect((await rankCompanies.execute(RANKING, PAGE)).items).toHaveLength(1);
    const aggregates = await aggregateCompanies.execute('country', PRICE, PAGE);
    expect(aggregates.items).toMatchObject([{ group: 'US', companies: 1, mean: '5' }]);
    const after = JSON.stringify({ value: '5', companyId: companyIdAt(1), rank: 1 });
    expect(await rankCompanies.execute(RANKING, { ...PAGE, after })).toEqual({ items: [] });
    expect(await aggregateCompanies.execute('country', PRICE, { ...PAGE, after: 'US' })).toEqual({
      items: [],
    });
    expect((await aggregateCompanies.execute('country', undefined, PAGE)).items).toHaveLength(1);
    expect(await aggregateCompanies.execute('industry', undefined, PAGE)).toEqual({ items: [] });
    expect(asked).toBe(0);
  });
});

describe('the series that is meant', () => {
  it('is asked for only where no unit is given', async () => {
    const nameSeries = new NameSeries(definitions);
    expect(await nameSeries.execute('price', 'EUR')).toEqual({ metric: 'price', unit: 'EUR' });
    expect(await nameSeries.executeRanked('price', 'EUR')).toEqual({ metric: 'price', unit: 'EUR' });
    expect(asked).toBe(0);
    await define(true, 'USD');
    expect(await nameSeries.execute('price')).toEqual(PRICE);
    expect(await nameSeries.executeRanked('price')).toEqual(PRICE);
    expect(asked).toBe(2);
  });

  it('is unknown without a unit, and without a ranking', async () => {
    const nameSeries = new NameSeries(definitions);
    await expect(nameSeries.execute('price')).rejects.toBeInstanceOf(InvalidInput);
    await expect(nameSeries.executeRanked('price')).rejects.toBeInstanceOf(MetricNotRanked);
    await define(true);
    await expect(nameSeries.executeRanked('price')).rejects.toMatchObject({
      violations: [{ path: ['unit'] }],
    });
  });
});
