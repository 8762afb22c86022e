import type { DecimalArithmetic } from '../shared/decimal.ts';
import { isSame } from '../shared/equality.ts';
import { told, type Difference } from './difference.ts';
import { mergeAll, type Figures } from './figures.ts';
import { BUCKETS, yearFigures, type YearRollup } from './rollup.ts';
import { seriesKey, type Series } from './series.ts';

/** All rollups of a series. */
export interface SeriesRollups {
  /** Absent where there is no series. */
  readonly figures?: Figures;
  readonly years: ReadonlyMap<string, YearRollup>;
}

/** The rollups that a series should have, given its years. */
export function rollupsOf(
  years: ReadonlyMap<string, YearRollup>,
  arithmetic: DecimalArithmetic,
): SeriesRollups {
  const figures = mergeAll(
    [...years.values()].map((year) => yearFigures(year, arithmetic)),
    arithmetic,
  );
  return { years, ...(figures && { figures }) };
}

/** The years that are not what their observations come to, and what these come to; nothing where there are none. */
export function yearsThatDiffer(
  stored: SeriesRollups,
  right: SeriesRollups,
): ReadonlyMap<string, YearRollup | undefined> {
  const all = new Set([...stored.years.keys(), ...right.years.keys()]);
  const differing = [...all].filter((year) => !isSame(stored.years.get(year), right.years.get(year)));
  return new Map(differing.sort().map((year) => [year, right.years.get(year)]));
}

/** Where the rollups of a series are not the fold of its observations. */
export function rollupDifferences(
  series: Series,
  stored: SeriesRollups,
  right: SeriesRollups,
): readonly Difference[] {
  const difference = (period: string, has: unknown, should: unknown): Difference => ({
    kind: 'rollup-differs',
    detail: `${series.metric} in ${series.unit}, ${period}: stored is ${told(has)}, the observations come to ${told(should)}`,
    mark: `rollup ${seriesKey(series)} ${period}`,
  });
  const years = [...yearsThatDiffer(stored, right)].map(([year, should]) => {
    const has = stored.years.get(year);
    if (has === undefined || should === undefined) return difference(year, has, should);
    const buckets = BUCKETS.filter((bucket) => !isSame(has[bucket], should[bucket]));
    const [bucket] = buckets;
    const period = bucket === undefined || bucket === 'year' ? year : `${year}-${bucket}`;
    return {
      ...difference(period, bucket && has[bucket], bucket && should[bucket]),
      mark: `rollup ${seriesKey(series)} ${year}`,
    };
  });
  if (isSame(stored.figures, right.figures)) return years;
  return [difference('all time', stored.figures, right.figures), ...years];
}
