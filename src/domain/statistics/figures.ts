import { isStorable, ZERO, type Decimal, type DecimalArithmetic } from '../shared/decimal.ts';
import type { ObservedAt } from './observed-at.ts';

export interface ValueAt {
  readonly observedAt: ObservedAt;
  readonly value: Decimal;
}

/**
 * What a number of observations come to. Merging is associative and commutative, so that a month, a quarter, a year and
 * all time are merges of the same thing; the mean is computed when it is read.
 */
export interface Figures {
  /** From 1. */
  readonly count: number;
  readonly sum: Decimal;
  readonly min: Decimal;
  readonly max: Decimal;
  /** The earliest; of several at one time the lowest. */
  readonly first: ValueAt;
  /** The latest; of several at one time the highest. */
  readonly last: ValueAt;
}

export function figuresOf({ observedAt, value }: ValueAt): Figures {
  const at = { observedAt, value };
  return { count: 1, sum: value, min: value, max: value, first: at, last: at };
}

export function merge(left: Figures, right: Figures, arithmetic: DecimalArithmetic): Figures {
  const isLess = (a: Decimal, b: Decimal): boolean => arithmetic.compare(a, b) < 0;
  const isBefore = (a: ValueAt, b: ValueAt): boolean =>
    a.observedAt === b.observedAt ? isLess(a.value, b.value) : a.observedAt < b.observedAt;
  return {
    count: left.count + right.count,
    sum: arithmetic.plus(left.sum, right.sum),
    min: isLess(right.min, left.min) ? right.min : left.min,
    max: isLess(left.max, right.max) ? right.max : left.max,
    first: isBefore(right.first, left.first) ? right.first : left.first,
    last: isBefore(left.last, right.last) ? right.last : left.last,
  };
}

/** The figures of any number of them; undefined of none. */
export function mergeAll(
  figures: Iterable<Figures | undefined>,
  arithmetic: DecimalArithmetic,
): Figures | undefined {
  let merged: Figures | undefined;
  for (const each of figures) {
    if (each !== undefined) merged = merged === undefined ? each : merge(merged, each, arithmetic);
  }
  return merged;
}

export function meanOf(
  { sum, count }: Pick<Figures, 'sum' | 'count'>,
  arithmetic: DecimalArithmetic,
): Decimal {
  return count === 0 ? ZERO : arithmetic.mean(sum, count);
}

/** Whether they can be kept: every value can, but their sum may have too many digits. */
export function fits({ sum }: Figures): boolean {
  return sum === ZERO || isStorable(sum);
}
