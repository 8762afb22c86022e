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

/** As many digits as no double confuses with others, and as whole numbers no double rounds, nor the sum of two. */
const FEW_DIGITS = 15;
const CANONICAL = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])$/;

/** Arithmetic by decimal.js; of short decimals, which most are, by doubles where these are exact. */
export const decimalJsArithmetic: DecimalArithmetic = {
  canonical: (text) => (CANONICAL.test(text) ? (text as Decimal) : spelled(new Exact(text))),
  plus: (left, right) => shortSum(left, right) ?? spelled(new Exact(left).plus(right)),
  minus: (left, right) => spelled(new Exact(left).minus(right)),
  compare: (left, right) =>
    left.length <= FEW_DIGITS && right.length <= FEW_DIGITS
      ? Number(left) - Number(right)
      : new Exact(left).comparedTo(right),
  mean: (sum, count) => spelled(new Mean(sum).dividedBy(count)),
};

/** The sum of decimals that are whole numbers of few digits when counted in the last place of both. */
function shortSum(left: Decimal, right: Decimal): Decimal | undefined {
  const places = Math.max(placesOf(left), placesOf(right));
  if (left.length + places > FEW_DIGITS || right.length + places > FEW_DIGITS) return undefined;
  const sum = inPlaces(left, places) + inPlaces(right, places);
  if (places === 0 || sum === 0) return String(sum) as Decimal;
  const digits = String(Math.abs(sum)).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return `${sum < 0 ? '-' : ''}${digits.slice(0, -places)}${fraction && `.${fraction}`}` as Decimal;
}

/** The number of digits behind the point. */
function placesOf(decimal: Decimal): number {
  const point = decimal.indexOf('.');
  return point < 0 ? 0 : decimal.length - point - 1;
}

function inPlaces(decimal: Decimal, places: number): number {
  return Number(decimal.replace('.', '')) * 10 ** (places - placesOf(decimal));
}

function spelled(decimal: DecimalJs): Decimal {
  // decimal.js spells its negative zero.
  return (decimal.isZero() ? '0' : decimal.toFixed()) as Decimal;
}
