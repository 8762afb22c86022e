import Big from 'big.js';
import type { Decimal, DecimalArithmetic } from '../../domain/shared/decimal.ts';

/** Divides to a whole number, half-even. */
const Whole = Big();
Whole.DP = 0;
Whole.RM = Whole.roundHalfEven;

const DIGITS_OF_A_MEAN = 34;

/** As many digits as no double confuses with others, and as whole numbers no double rounds, nor the sum of two. */
const FEW_DIGITS = 15;
const CANONICAL = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])$/;

/** Arithmetic by big.js; of short decimals, which most are, by doubles where these are exact. */
export const bigJsArithmetic: DecimalArithmetic = {
  canonical: (text) => (CANONICAL.test(text) ? (text as Decimal) : spelled(new Big(text.replace('+', '')))),
  plus: (left, right) => shortSum(left, right) ?? spelled(new Big(left).plus(right)),
  minus: (left, right) => spelled(new Big(left).minus(right)),
  compare: (left, right) =>
    left.length <= FEW_DIGITS && right.length <= FEW_DIGITS
      ? Number(left) - Number(right)
      : new Big(left).cmp(right),
  mean: (sum, count) => spelled(quotient(new Whole(sum), new Whole(count))),
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

/** Rounded half-even to as many digits as a mean has. */
function quotient(dividend: Big, divisor: Big): Big {
  const difference = dividend.e - divisor.e;
  const exponent = dividend.abs().lt(divisor.times(`1e${difference}`)) ? difference - 1 : difference;
  // big.js rounds to decimal places: the last digit is to stand before the point.
  const shift = exponent - (DIGITS_OF_A_MEAN - 1);
  return dividend.times(`1e${-shift}`).div(divisor).times(`1e${shift}`);
}

function spelled(decimal: Big): Decimal {
  // big.js has a negative zero.
  return (decimal.eq(0) ? '0' : decimal.toFixed()) as Decimal;
}
