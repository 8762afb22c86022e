import { ZERO, type Decimal, type DecimalArithmetic } from '../shared/decimal.ts';

/** What the companies of a group come to: how many there are, and the sum of their latest values of a series. */
export interface Aggregate {
  readonly count: number;
  /** Of companies alone it is 0. It may have more digits than a value. */
  readonly sum: Decimal;
}

export const NOTHING: Aggregate = { count: 0, sum: ZERO };

/** Takes one company out, puts another one in, or the same one with another value. @param value 0 of companies alone */
export function exchanged(
  aggregate: Aggregate,
  out: Decimal | undefined,
  into: Decimal | undefined,
  arithmetic: DecimalArithmetic,
): Aggregate {
  const { count, sum } = aggregate;
  const without = out === undefined ? sum : arithmetic.minus(sum, out);
  return {
    count: count - (out === undefined ? 0 : 1) + (into === undefined ? 0 : 1),
    sum: into === undefined ? without : arithmetic.plus(without, into),
  };
}

export function added(left: Aggregate, right: Aggregate, arithmetic: DecimalArithmetic): Aggregate {
  return { count: left.count + right.count, sum: arithmetic.plus(left.sum, right.sum) };
}
