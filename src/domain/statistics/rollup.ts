import type { DecimalArithmetic } from '../shared/decimal.ts';
import { figuresOf, mergeAll, type Figures, type ValueAt } from './figures.ts';
import { precisionOf, yearOf, type ObservedAt } from './observed-at.ts';

/** The months of a year, and what is known by year only. */
export const BUCKETS = [
  '01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', 'year',
] as const; // prettier-ignore
export type Bucket = (typeof BUCKETS)[number];

/** The figures of a series in a year; an empty bucket is absent. */
export type YearRollup = Readonly<Partial<Record<Bucket, Figures>>>;

/** Where in its year an observation is counted. */
export function bucketOf(observedAt: ObservedAt): Bucket {
  return precisionOf(observedAt) === 'year' ? 'year' : (observedAt.slice(5, 7) as Bucket);
}

/** All figures of a year. */
export function yearFigures(year: YearRollup, arithmetic: DecimalArithmetic): Figures | undefined {
  return mergeAll(
    BUCKETS.map((bucket) => year[bucket]),
    arithmetic,
  );
}

/** What observations come to. */
export function foldOf(values: Iterable<ValueAt>, arithmetic: DecimalArithmetic): Figures | undefined {
  return mergeAll([...values].map(figuresOf), arithmetic);
}

/** The years of a series, from all of its observations. */
export function yearsOf(
  values: Iterable<ValueAt>,
  arithmetic: DecimalArithmetic,
): ReadonlyMap<string, YearRollup> {
  const years = new Map<string, Partial<Record<Bucket, Figures>>>();
  for (const value of values) {
    const year = yearOf(value.observedAt);
    const rollup = years.get(year) ?? {};
    const bucket = bucketOf(value.observedAt);
    rollup[bucket] = mergeAll([rollup[bucket], figuresOf(value)], arithmetic)!;
    years.set(year, rollup);
  }
  return years;
}
