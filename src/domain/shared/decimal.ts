import type { Violation } from './errors.ts';

/** An exact decimal in its one spelling: plain digits, no exponent, no zeros at the ends, no `-0`: `-12.5`, `0`, `38000000000`. */
export type Decimal = string & { readonly brand: 'Decimal' };

/** Arithmetic on decimals of any length; nothing is rounded but a mean. */
export interface DecimalArithmetic {
  /** @param text a decimal number, perhaps with an exponent */
  canonical(text: string): Decimal;
  plus(left: Decimal, right: Decimal): Decimal;
  minus(left: Decimal, right: Decimal): Decimal;
  /** Negative where `left` is the smaller one, 0 where they are equal. */
  compare(left: Decimal, right: Decimal): number;
  /** The sum of `count` values divided by it, rounded half-even to 34 digits. */
  mean(sum: Decimal, count: number): Decimal;
}

export const ZERO = '0' as Decimal;

/** As many as a number of DynamoDB has. */
export const MOST_DIGITS = 38;
/** Magnitudes of a number of DynamoDB: from 1E-130 to below 1E+126. */
const LEAST_EXPONENT = -130;
const MOST_EXPONENT = 125;

const LONGEST_TEXT = 300;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The decimal that a text states; undefined, and a violation, where it is none or cannot be kept exactly. */
export function decimalOf(
  text: string,
  path: Violation['path'],
  arithmetic: DecimalArithmetic,
  violations: Violation[],
): Decimal | undefined {
  const fault = (detail: string): undefined => void violations.push({ path, detail });
  if (text.length > LONGEST_TEXT) return fault(`must have at most ${LONGEST_TEXT} characters`);
  if (!NUMBER.test(text)) return fault('must be a decimal number, such as "12.5" or "-1.2e9"');
  if (!/[1-9]/.test(text.replace(/[eE].*$/, ''))) return ZERO;
  if (!isInRange(text)) return fault('must be 0, or between 1e-130 and 1e126 in magnitude');
  const decimal = arithmetic.canonical(text);
  if (digitsOf(decimal) <= MOST_DIGITS) return decimal;
  return fault(`must have at most ${MOST_DIGITS} significant digits`);
}

/** Whether the store can keep it: a sum may outgrow it. */
export function isStorable(decimal: Decimal): boolean {
  return decimal.length <= MOST_DIGITS || (digitsOf(decimal) <= MOST_DIGITS && isInRange(decimal));
}

/** The number of significant digits. */
function digitsOf(decimal: Decimal): number {
  const digits = decimal.replace(/[-.]/g, '').replace(/^0+/, '');
  return (decimal.includes('.') ? digits : digits.replace(/0+$/, '')).length;
}

/** Whether the magnitude of a number other than 0 can be kept. */
function isInRange(text: string): boolean {
  const [mantissa = '', exponent = '0'] = text.replace(/^[+-]/, '').split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const first = (whole + fraction).search(/[1-9]/);
  if (first < 0) return true;
  const magnitude = whole.length - 1 - first + Number(exponent);
  return magnitude >= LEAST_EXPONENT && magnitude <= MOST_EXPONENT;
}
