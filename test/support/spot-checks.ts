import {
  dividendYieldsOf,
  earningsRatioCountOf,
  employerInAll,
  factSeries,
  highestPrices,
  marketCapsOf,
  meanPayGapsOf,
  meanPricesByYear,
  pricesOf,
  rangesOf,
  sectorPrices,
  type At,
  type FactReport,
} from './raw-figures.ts';
import type { RawFile } from './raw-files.ts';

/** Asks the API of a system. */
export type Ask = (path: string) => Promise<{ readonly status: number; readonly body: unknown }>;

/** A figure as it follows from the raw files, and as the system tells it. */
export interface SpotCheck {
  readonly of: string;
  readonly expected: unknown;
  told(ask: Ask): Promise<unknown>;
}

/** The second one has companies with two share classes. */
const SECTORS = ['Information Technology', 'Communication Services'];

/** Of the list, and after it of the files of figures in their order; `price` must be ranked. */
export function priceChecks(constituents: RawFile, files: readonly RawFile[]): SpotCheck[] {
  const { low, high } = rangesOf(files, 'MMM');
  return [
    { of: 'prices of Apple', expected: pricesOf(files, 'AAPL'), told: points('AAPL', 'price', 'USD') },
    {
      of: 'mean prices of Apple by year',
      expected: meanPricesByYear(files, 'AAPL'),
      told: async (ask) => {
        const path = `${await companyPath(ask, 'ticker/AAPL')}/series/price?unit=USD&granularity=year`;
        return pointsOf<{ period: string; mean: string }>(await ok(ask, path)).map(({ period, mean }) => [
          period,
          mean,
        ]);
      },
    },
    {
      of: 'what Apple is worth, in dollars',
      expected: marketCapsOf(files, 'AAPL'),
      told: points('AAPL', 'market-cap', 'USD'),
    },
    {
      of: 'dividends of Apple, in percent',
      expected: dividendYieldsOf(files, 'AAPL'),
      told: points('AAPL', 'dividend-yield', 'percent'),
    },
    { of: 'lows of 3M', expected: low, told: points('MMM', '52-week-low', 'USD') },
    { of: 'highs of 3M', expected: high, told: points('MMM', '52-week-high', 'USD') },
    {
      of: 'prices of Berkshire Hathaway, which one file has as 0.00',
      expected: pricesOf(files, 'BRK-B'),
      told: points('BRK-B', 'price', 'USD'),
    },
    {
      of: 'price/earnings of KeyCorp, infinite or blank at times',
      expected: earningsRatioCountOf(files, 'KEY'),
      told: async (ask) => {
        const { series } = await ok<{ series: { metric: string; count: number }[] }>(
          ask,
          await companyPath(ask, 'ticker/KEY'),
        );
        return series.find(({ metric }) => metric === 'price-earnings')?.count ?? 0;
      },
    },
    ...SECTORS.map((sector) => ({
      of: `the latest prices of ${sector}`,
      expected: sectorPrices(constituents, files, sector),
      told: async (ask: Ask) => {
        const { items } = await ok<{ items: ({ group: string } & object)[] }>(
          ask,
          '/v1/statistics/aggregates/industry?metric=price&unit=USD&limit=100',
        );
        const { group: _group, ...figures } = items.find(({ group }) => group === `gics:${sector}`) ?? {};
        return figures;
      },
    })),
    {
      of: 'the highest prices',
      expected: highestPrices(constituents, files).slice(0, 3),
      told: async (ask) => {
        const path = '/v1/statistics/rankings/price?unit=USD&limit=3';
        return (await ok<{ items: At[] }>(ask, path)).items.map(({ observedAt, value }) => ({
          observedAt,
          value,
        }));
      },
    },
  ];
}

export function payGapChecks(files: readonly RawFile[]): SpotCheck[] {
  const number = employerInAll(files);
  return [
    {
      of: `mean pay gaps of employer ${number}`,
      expected: meanPayGapsOf(files, number),
      told: async (ask) => {
        const path = `${await companyPath(ask, `registration-number/${number}`)}/series/mean-hourly-pay-gap`;
        return pointsOf<At>(await ok(ask, `${path}?unit=percent`)).map(({ observedAt, value }) => ({
          observedAt,
          value,
        }));
      },
    },
  ];
}

/** Every value that the file has reported last, and the earlier ones, of some metrics. */
export function factChecks(file: RawFile, series: readonly string[]): SpotCheck[] {
  const facts = factSeries(file);
  return series.map((name) => ({
    of: name,
    expected: facts.get(name),
    told: async (ask) => {
      const [metric = '', unit = ''] = name.split(/ (.*)/s);
      const path = `${await companyPath(ask, 'cik/0001326801')}/series/${metric}`;
      const query = `?unit=${encodeURIComponent(unit)}`;
      const { points: current } = await ok<{ points: FactReport[] }>(ask, `${path}${query}`);
      const { items: earlier } = await ok<{ items: FactReport[] }>(ask, `${path}/reports${query}&limit=100`);
      return { current: current.map(reportOf), earlier: earlier.map(reportOf) };
    },
  }));
}

function reportOf({ observedAt, value, reportedAt }: FactReport): FactReport {
  return { observedAt, value, reportedAt };
}

function points(ticker: string, metric: string, unit: string): SpotCheck['told'] {
  return async (ask) => {
    const path = `${await companyPath(ask, `ticker/${ticker}`)}/series/${metric}?unit=${unit}`;
    return pointsOf<At>(await ok(ask, path)).map(({ observedAt, value }) => ({ observedAt, value }));
  };
}

function pointsOf<Point>(body: { readonly points?: readonly Point[] }): readonly Point[] {
  return body.points ?? [];
}

async function companyPath(ask: Ask, identifier: string): Promise<string> {
  const { companyId } = await ok<{ companyId: string }>(ask, `/v1/identifiers/${identifier}`);
  return `/v1/statistics/companies/${companyId}`;
}

async function ok<Body extends object>(ask: Ask, path: string): Promise<Body> {
  const { status, body } = await ask(path);
  if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`);
  return body as Body;
}
