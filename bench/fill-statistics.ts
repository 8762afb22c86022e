import { STATISTICS_TABLE } from '../infra/tables.ts';
import type { DocumentClient } from '../src/adapters/dynamodb/document-client.ts';
import { aggregateAttributes, shardOf } from '../src/adapters/dynamodb/statistics/aggregate-item.ts';
import { seriesItem } from '../src/adapters/dynamodb/statistics/series-item.ts';
import { anchorAttributes, entryAttributes } from '../src/adapters/dynamodb/statistics/standing-item.ts';
import { aggregateKey, boardKey, summaryKey } from '../src/adapters/dynamodb/statistics/statistics-keys.ts';
import { trackedCompanyAttributes } from '../src/adapters/dynamodb/statistics/tracked-company-item.ts';
import { yearItem } from '../src/adapters/dynamodb/statistics/year-item.ts';
import { bigJsArithmetic } from '../src/adapters/system/big-js-arithmetic.ts';
import type { CompanyId } from '../src/domain/shared/company-id.ts';
import { ZERO, type Decimal } from '../src/domain/shared/decimal.ts';
import { exchanged, NOTHING, type Aggregate } from '../src/domain/statistics/aggregate.ts';
import { mergeAll } from '../src/domain/statistics/figures.ts';
import { groupsOf, type Group } from '../src/domain/statistics/group.ts';
import { yearOf, type ObservedAt } from '../src/domain/statistics/observed-at.ts';
import { foldOf, yearFigures, yearsOf, type YearRollup } from '../src/domain/statistics/rollup.ts';
import type { Series } from '../src/domain/statistics/series.ts';
import { track, type TrackedCompany } from '../src/domain/statistics/tracked-company.ts';
import { putAll } from './fill.ts';
import { PRICE, someCompanyIds, somePrices, valueOf } from './some-figures.ts';

const AT = '2026-01-01T00:00:00.000Z';
const COUNTRIES = 25;
const YEARS = [2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025];
/** Until the end of November: in December each company has a price of its own. */
const DAYS = 330;
const LAST_DAY = '2025-12-31' as ObservedAt;
const LAST_YEAR = yearOf(LAST_DAY);
/** Companies of which items are made at a time: memory does not grow with their number. */
const CHUNK = 1_000;

type Years = ReadonlyMap<string, YearRollup>;

/**
 * Puts companies with prices, their places on boards, and aggregates straight into a table of statistics, as if all of it
 * had been recorded and projected.
 *
 * @returns the first thousand of them, which have prices of ten years; the others have the last price only
 */
export async function fillStatistics(
  client: DocumentClient,
  count: number,
  table: string = STATISTICS_TABLE.name,
): Promise<CompanyId[]> {
  const tenYears: CompanyId[] = [];
  const aggregates = new Aggregates();
  const longPast = yearsOf(
    YEARS.flatMap((year) => somePrices(year, DAYS)),
    bigJsArithmetic,
  );
  for (let from = 0; from < count; from += CHUNK) {
    const companyIds = someCompanyIds(Math.min(CHUNK, count - from));
    const past: Years = from === 0 ? longPast : new Map();
    if (from === 0) tenYears.push(...companyIds);
    const items = companyIds.flatMap((companyId, index) => {
      const company = trackedCompany(companyId, from + index);
      const price = valueOf(from + index);
      aggregates.add(company, price);
      return itemsOf(company, past, price);
    });
    await putAll(client, table, items);
  }
  await putAll(client, table, aggregates.items());
  return tenYears;
}

function trackedCompany(companyId: CompanyId, number: number): TrackedCompany {
  return track(
    {
      companyId,
      position: { epoch: 1, version: 1 },
      facts: {
        companyName: `Company ${number} Holdings Limited`,
        status: 'active',
        countryCode: `${letter(number % COUNTRIES)}X`,
        identifiers: [{ scheme: 'registration-number', value: String(number).padStart(8, '0') }],
      },
      removed: false,
      changedAt: AT,
    },
    AT,
  );
}

function itemsOf(company: TrackedCompany, past: Years, price: Decimal): object[] {
  const { companyId, facts } = company;
  const latest = { observedAt: LAST_DAY, value: price };
  const lastYear = yearsOf([latest], bigJsArithmetic).get(LAST_YEAR);
  const years = new Map([...past]).set(LAST_YEAR, { ...past.get(LAST_YEAR), ...lastYear });
  const figures = mergeAll(
    [...past.values()]
      .map((year) => yearFigures(year, bigJsArithmetic))
      .concat(foldOf([latest], bigJsArithmetic)),
    bigJsArithmetic,
  )!;
  const groups = groupsOf(company);
  const standing = { companyName: facts.companyName, latest, groups };
  return [
    { ...summaryKey(companyId), ...trackedCompanyAttributes(company) },
    seriesItem(companyId, PRICE, figures, { revision: 1, writeToken: 'fill' }),
    ...[...years].map(([year, rollup]) => yearItem(companyId, PRICE, year, rollup)),
    { ...boardKey(undefined, PRICE, companyId), ...anchorAttributes(companyId, 1, standing) },
    ...groups.map((group) => ({
      ...boardKey(group, PRICE, companyId),
      ...entryAttributes(companyId, standing),
    })),
  ];
}

/** What companies come to in their groups: how many they are, and the sum of their prices. */
class Aggregates {
  readonly #shards = new Map<
    string,
    { group: Group; shard: number; series?: Series; aggregate: Aggregate }
  >();

  add(company: TrackedCompany, price: Decimal): void {
    const shard = shardOf(company.companyId);
    for (const group of groupsOf(company)) {
      this.#count(group, shard, ZERO);
      this.#count(group, shard, price, PRICE);
    }
  }

  items(): object[] {
    return [...this.#shards.values()].map(({ group, shard, series, aggregate }) => ({
      ...aggregateKey(group, shard, series),
      ...aggregateAttributes({ ...aggregate, revision: 1 }),
    }));
  }

  #count(group: Group, shard: number, value: Decimal, series?: Series): void {
    const { pk, sk } = aggregateKey(group, shard, series);
    const before = this.#shards.get(`${pk} ${sk}`)?.aggregate ?? NOTHING;
    const aggregate = exchanged(before, undefined, value, bigJsArithmetic);
    this.#shards.set(`${pk} ${sk}`, { group, shard, ...(series && { series }), aggregate });
  }
}

function letter(number: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + number);
}
