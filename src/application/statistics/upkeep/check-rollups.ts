import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { DecimalArithmetic } from '../../../domain/shared/decimal.ts';
import type { Difference } from '../../../domain/statistics/difference.ts';
import type { Observation } from '../../../domain/statistics/observation.ts';
import { yearOf } from '../../../domain/statistics/observed-at.ts';
import {
  rollupDifferences,
  rollupsOf,
  type SeriesRollups,
} from '../../../domain/statistics/rollup-differences.ts';
import { yearsOf, type YearRollup } from '../../../domain/statistics/rollup.ts';
import { seriesKey, type Series } from '../../../domain/statistics/series.ts';
import type { StoredSeries } from '../ports/observations.ts';
import type { RollupRecords } from '../ports/rollup-records.ts';

/** How often a company is read that is written to meanwhile. */
const ATTEMPTS = 5;

/** A series as it is stored, and as its observations say that it should be. */
export interface CheckedSeries {
  readonly stored: StoredSeries;
  readonly right: SeriesRollups;
  readonly differences: readonly Difference[];
}

export interface CheckedRollups {
  readonly series: readonly CheckedSeries[];
  readonly observations: number;
}

/** Compares the rollups of a company with its observations. */
export class CheckRollups {
  constructor(
    private readonly records: RollupRecords,
    private readonly arithmetic: DecimalArithmetic,
  ) {}

  /** Of a series that is written to all the time no difference is told. @throws Unavailable */
  async execute(companyId: CompanyId): Promise<CheckedRollups> {
    let stored = await this.records.rollups(companyId);
    for (let attempt = 1; ; attempt++) {
      const { folded, observations } = await this.#fold(companyId);
      const series = checked(stored, folded);
      if (series.every(({ differences }) => differences.length === 0)) return { series, observations };
      // What was read of observations and rollups belongs together if no revision has moved meanwhile.
      const now = await this.records.rollups(companyId);
      const moved = movedBetween(stored, now);
      if (attempt === ATTEMPTS || !series.some((one) => isMoved(one, moved) && one.differences.length > 0)) {
        const settled = series.map((one) => (isMoved(one, moved) ? { ...one, differences: [] } : one));
        return { series: settled, observations };
      }
      stored = now;
    }
  }

  /** What the observations come to; no more of them than those of one year are in memory. */
  async #fold(companyId: CompanyId): Promise<{ folded: readonly Folded[]; observations: number }> {
    const folded = new Map<string, { series: Series; years: Map<string, YearRollup> }>();
    let year: Observation[] = [];
    let observations = 0;
    const take = (): void => {
      const [first] = year;
      if (first === undefined) return;
      const { metric, unit } = first;
      const one = folded.get(seriesKey(first)) ?? { series: { metric, unit }, years: new Map() };
      for (const [name, rollup] of yearsOf(year, this.arithmetic)) one.years.set(name, rollup);
      folded.set(seriesKey(first), one);
      year = [];
    };
    for await (const observation of this.records.observations(companyId)) {
      const [first] = year;
      if (first !== undefined && !isOfOneYear(first, observation)) take();
      year.push(observation);
      observations++;
    }
    take();
    return {
      folded: [...folded.values()].map(({ series, years }) => ({
        series,
        right: rollupsOf(years, this.arithmetic),
      })),
      observations,
    };
  }
}

interface Folded {
  readonly series: Series;
  readonly right: SeriesRollups;
}

const NOTHING: SeriesRollups = { years: new Map() };

function checked(stored: readonly StoredSeries[], folded: readonly Folded[]): CheckedSeries[] {
  const byKey = new Map(stored.map((one) => [seriesKey(one.series), one]));
  const rights = new Map(folded.map(({ series, right }) => [seriesKey(series), right]));
  for (const { series } of folded) {
    if (!byKey.has(seriesKey(series)))
      byKey.set(seriesKey(series), { series, revision: 0, years: new Map() });
  }
  return [...byKey].map(([key, one]) => {
    const right = rights.get(key) ?? NOTHING;
    return { stored: one, right, differences: rollupDifferences(one.series, one, right) };
  });
}

function isOfOneYear(left: Observation, right: Observation): boolean {
  return yearOf(left.observedAt) === yearOf(right.observedAt) && seriesKey(left) === seriesKey(right);
}

/** The series whose revision is not the same in both, by `seriesKey`. */
function movedBetween(before: readonly StoredSeries[], after: readonly StoredSeries[]): ReadonlySet<string> {
  const revisions = new Map(before.map(({ series, revision }) => [seriesKey(series), revision]));
  const moved = new Set<string>();
  for (const { series, revision } of after) {
    if ((revisions.get(seriesKey(series)) ?? 0) !== revision) moved.add(seriesKey(series));
    revisions.delete(seriesKey(series));
  }
  for (const [key, revision] of revisions) if (revision > 0) moved.add(key);
  return moved;
}

function isMoved({ stored: { series } }: CheckedSeries, moved: ReadonlySet<string>): boolean {
  return moved.has(seriesKey(series));
}
