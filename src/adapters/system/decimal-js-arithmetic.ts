import { Decimal as DecimalJs } from 'decimal.js';
import type { Decimal, DecimalArithmetic } from '../../domain/shared/decimal.ts';

// Decimals reach from 1E-130 to 1E+126: what is summed of them has at most 256 digits, and one for each tenfold more.
const Exact = DecimalJs.clone({ precision: 400, maxE: 1_000, minE: -1_000 });
const Mean = DecimalJs.clone({
  precision: 34,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  maxE: 1_000,
  minE: -1_000,
});

/** Arithmetic by decimal.js. */
export const decimalJsArithmetic: DecimalArithmetic = {
  canonical: (text) => spelled(new Exact(text)),
  plus: (left, right) => spelled(new Exact(left).plus(right)),
  minus: (left, right) => spelled(new Exact(left).minus(right)),
  compare: (left, right) => new Exact(left).comparedTo(right),
  mean: (sum, count) => spelled(new Mean(sum).dividedBy(count)),
};

function spelled(decimal: DecimalJs): Decimal {
  // decimal.js spells its negative zero.
  return (decimal.isZero() ? '0' : decimal.toFixed()) as Decimal;
}
