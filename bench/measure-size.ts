import type { DocumentClient } from '../src/adapters/dynamodb/document-client.ts';
import type { Company } from '../src/domain/profiles/company.ts';
import type { CompanyId } from '../src/domain/shared/company-id.ts';
import type { ObservedAt } from '../src/domain/statistics/observed-at.ts';
import { statisticsContainer } from '../src/entrypoints/composition/compose.ts';
import { statisticsOnDynamoDb } from '../src/entrypoints/composition/dynamodb-adapters.ts';
import { statisticsService } from '../src/entrypoints/composition/statistics-use-cases.ts';
import { consumedBy } from '../test/support/consumed-capacity.ts';
import { mustSend } from './http-client.ts';
import { inTurns, load, type Load } from './load.ts';
import { PRICE } from './some-figures.ts';

const ROUNDS = 11;
const REQUESTS = 150;

const REQUESTED = [
  'get',
  'listByName',
  'listByCountry',
  'listAll',
  'tenYears',
  'ranking',
  'aggregate',
] as const;
type Requested = (typeof REQUESTED)[number];
export type SizeLoads = Record<Requested, Load>;
/** Of reads of statistics, in read units each. */
export type Capacity = Record<'tenYears' | 'ranking' | 'aggregate', number>;

const PAGE = 50;
const TEN_YEARS = { from: '2016' as ObservedAt, to: '2026' as ObservedAt };

/** A gateway, and what the tables behind it have. */
export interface Sized {
  readonly url: string;
  readonly companies: readonly Company[];
  /** Companies with prices of ten years. */
  readonly tenYears: readonly CompanyId[];
}

/**
 * The same GET and pages at two sizes of the tables, in turns: minutes apart, the machine, the engine and its caches would
 * differ by more than the sizes do.
 */
export async function measureAtSizes(
  small: Sized,
  large: Sized,
  rounds = ROUNDS,
): Promise<{ readonly small: SizeLoads; readonly large: SizeLoads }> {
  const [atSmall, atLarge] = [requestsAt(small), requestsAt(large)];
  const turns = REQUESTED.flatMap((name) => [
    [`small ${name}`, atSmall[name]] as const,
    [`large ${name}`, atLarge[name]] as const,
  ]);
  const loads = await inTurns(rounds, Object.fromEntries(turns));
  const at = (size: string): SizeLoads =>
    Object.fromEntries(REQUESTED.map((name) => [name, loads[`${size} ${name}`]])) as SizeLoads;
  return { small: at('small'), large: at('large') };
}

/** What the reads of statistics among them consume. */
export async function capacityAt(
  client: DocumentClient,
  table: string,
  { tenYears: [companyId] }: Sized,
): Promise<Capacity> {
  const service = statisticsService(statisticsContainer(statisticsOnDynamoDb(client, table, 0)));
  const query = { companyId: companyId!, series: PRICE, range: TEN_YEARS };
  const ranking = { series: PRICE, order: 'desc' } as const;
  const limit = { limit: PAGE };
  const read = async (work: () => Promise<unknown>): Promise<number> => (await consumedBy(client, work)).read;
  return {
    tenYears: await read(() => service.readSeries.byPeriod(query, 'month', { limit: 500 })),
    ranking: await read(() => service.rankCompanies.execute(ranking, limit)),
    aggregate: await read(() => service.aggregateCompanies.execute('country', PRICE, limit)),
  };
}

function requestsAt({ url, companies, tenYears }: Sized): Record<Requested, () => Promise<Load>> {
  const at = <Each>(all: readonly Each[], index: number): Each => all[(index * 7919) % all.length]!;
  const requests = (path: (index: number) => string) => (): Promise<Load> =>
    load(REQUESTS, 4, (index) => mustSend(200, `${url}${path(index)}`));
  const { metric, unit } = PRICE;
  const months = `granularity=month&unit=${unit}&from=${TEN_YEARS.from}&to=${TEN_YEARS.to}`;
  const statistics = '/v1/statistics';
  return {
    get: requests((index) => `/v1/companies/${at(companies, index).companyId}`),
    listByName: requests(() => '/v1/companies?name=A&limit=15'),
    listByCountry: requests(() => `/v1/companies?country=GB&limit=${PAGE}`),
    listAll: requests(() => `/v1/companies?limit=${PAGE}`),
    tenYears: requests(
      (index) => `${statistics}/companies/${at(tenYears, index)}/series/${metric}?${months}`,
    ),
    ranking: requests(() => `${statistics}/rankings/${metric}?unit=${unit}&limit=${PAGE}`),
    aggregate: requests(() => `${statistics}/aggregates/country?metric=${metric}&unit=${unit}&limit=${PAGE}`),
  };
}
