import type { DecimalArithmetic } from '../shared/decimal.ts';
import { mergeAll, type Figures } from './figures.ts';
import type { ObservedAt } from './observed-at.ts';
import { yearFigures, type Bucket, type YearRollup } from './rollup.ts';

/** The periods that a year is divided into. */
export const PERIOD_LENGTHS = ['month', 'quarter', 'year'] as const;
export type PeriodLength = (typeof PERIOD_LENGTHS)[number];

/** What was observed in a period; of one without observations there is none. */
export interface PeriodFigures {
  /** `2024-03`, `2024-Q1` or `2024`: those of one length ascend with time. */
  readonly period: string;
  /** The year or month with which it begins. */
  readonly begins: ObservedAt;
  readonly figures: Figures;
}

const QUARTERS = [
  ['01', '02', '03'],
  ['04', '05', '06'],
  ['07', '08', '09'],
  ['10', '11', '12'],
] as const satisfies Bucket[][];

/** The periods of a year that have observations, in ascending order. */
export function periodsOf(
  year: string,
  rollup: YearRollup,
  length: PeriodLength,
  arithmetic: DecimalArithmetic,
): PeriodFigures[] {
  if (length === 'year') {
    return periodOf(year, year as ObservedAt, yearFigures(rollup, arithmetic));
  }
  return QUARTERS.flatMap((months, quarter) => {
    const found = months.map((month) => ({
      begins: beginningIn(year, month),
      figures: rollup[month],
      month,
    }));
    if (length === 'month') {
      return found.flatMap(({ begins, figures, month }) => periodOf(`${year}-${month}`, begins, figures));
    }
    const all = mergeAll(
      found.map(({ figures }) => figures),
      arithmetic,
    );
    return periodOf(`${year}-Q${quarter + 1}`, beginningIn(year, months[0]), all);
  });
}

/** How many observations of a year are known too coarsely to belong to a period of that length. */
export function coarserThan(length: PeriodLength, rollup: YearRollup): number {
  return length === 'year' ? 0 : (rollup.year?.count ?? 0);
}

/** The year of a period. */
export function yearOfPeriod(period: string): string {
  return period.slice(0, 4);
}

function periodOf(period: string, begins: ObservedAt, figures: Figures | undefined): PeriodFigures[] {
  return figures === undefined ? [] : [{ period, begins, figures }];
}

function beginningIn(year: string, month: Bucket): ObservedAt {
  return `${year}-${month}` as ObservedAt;
}
