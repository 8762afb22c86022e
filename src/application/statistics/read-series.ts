import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { Decimal, DecimalArithmetic } from '../../domain/shared/decimal.ts';
import type { Page, PageRequest } from '../../domain/shared/page.ts';
import { meanOf } from '../../domain/statistics/figures.ts';
import type { Observation } from '../../domain/statistics/observation.ts';
import { yearOf, type ObservedAt } from '../../domain/statistics/observed-at.ts';
import {
  coarserThan,
  periodsOf,
  yearOfPeriod,
  type PeriodFigures,
  type PeriodLength,
} from '../../domain/statistics/period.ts';
import type { Series } from '../../domain/statistics/series.ts';
import { checkKnown } from './check-known.ts';
import type { SeriesReadings, TimeRange } from './ports/series-readings.ts';
import type { TrackedCompanies } from './ports/tracked-companies.ts';

export interface SeriesQuery {
  readonly companyId: CompanyId;
  readonly series: Series;
  readonly range: TimeRange;
}

export interface PeriodPoint extends PeriodFigures {
  readonly mean: Decimal;
}

export interface SeriesPage<Point> extends Page<Point> {
  /** Null while no profile is known. */
  readonly companyName: string | null;
  /** How many observations, from where the page begins to where the next one does, belong to no period of the length. */
  readonly excluded: number;
}

const FIRST_YEAR = '0001';
const LAST_YEAR = '9999';

export class ReadSeries {
  constructor(
    private readonly readings: SeriesReadings,
    private readonly tracked: Pick<TrackedCompanies, 'find'>,
    private readonly arithmetic: DecimalArithmetic,
  ) {}

  /**
   * The observations themselves, by time and source. A known company without such a series has none.
   *
   * @throws CompanyNotTracked, Unavailable
   */
  async raw({ companyId, series, range }: SeriesQuery, page: PageRequest): Promise<SeriesPage<Observation>> {
    const points = this.readings.observations(companyId, series, range, page);
    return this.#named(
      companyId,
      points.then((found) => ({ ...found, excluded: 0 })),
    );
  }

  /**
   * What was observed in each period that begins in the range and has observations, in ascending order.
   *
   * @throws CompanyNotTracked, Unavailable
   */
  async byPeriod(
    query: SeriesQuery,
    length: PeriodLength,
    page: PageRequest,
  ): Promise<SeriesPage<PeriodPoint>> {
    return this.#named(query.companyId, this.#periods(query, length, page));
  }

  async #named<Found extends Page<unknown> & { readonly excluded: number }>(
    companyId: CompanyId,
    reading: Promise<Found>,
  ): Promise<Found & { companyName: string | null }> {
    const [company, found] = await Promise.all([this.tracked.find(companyId, 'eventual'), reading]);
    await checkKnown(companyId, company, found.items.length > 0 || found.excluded > 0, this.readings);
    return { ...found, companyName: company?.facts.companyName ?? null };
  }

  async #periods(
    { companyId, series, range }: SeriesQuery,
    length: PeriodLength,
    { limit, after }: PageRequest,
  ): Promise<Page<PeriodPoint> & { excluded: number }> {
    const from = after === undefined ? yearOf(range.from ?? (FIRST_YEAR as ObservedAt)) : yearOfPeriod(after);
    const to = lastYearOf(range);
    const items: PeriodPoint[] = [];
    let excluded = 0;
    /** Of the years in which the page may end: where it does, they are for the next one to tell. */
    let undecided = 0;
    if (from > to) return { items, excluded };
    for await (const { year, rollup } of this.readings.years(companyId, series, from, to)) {
      // A year known by the page before was told there.
      if (isIn(range, year as ObservedAt) && (after === undefined || year > yearOfPeriod(after)))
        undecided += coarserThan(length, rollup);
      for (const found of periodsOf(year, rollup, length, this.arithmetic)) {
        if (!isIn(range, found.begins) || (after !== undefined && found.period <= after)) continue;
        if (items.length === limit) return { items, excluded, next: items.at(-1)!.period };
        items.push({ ...found, mean: meanOf(found.figures, this.arithmetic) });
        excluded += undecided;
        undecided = 0;
      }
    }
    return { items, excluded: excluded + undecided };
  }
}

/** The last year of which something may begin in the range. */
function lastYearOf({ to }: TimeRange): string {
  if (to === undefined) return LAST_YEAR;
  const year = yearOf(to);
  return year === to ? String(Number(year) - 1).padStart(year.length, '0') : year;
}

function isIn({ from, to }: TimeRange, begins: ObservedAt): boolean {
  return (from === undefined || begins >= from) && (to === undefined || begins < to);
}
