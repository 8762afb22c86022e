import { isLosslessNumber } from 'lossless-json';

/** As many digits as every double keeps. */
export const MOST_DIGITS_OF_A_NUMBER = 15;

/**
 * The text of a decimal that a body states as a text or as a number; undefined where the number has so many digits, as it
 * is written, that it may have been rounded on its way. What is neither is left as it is.
 */
export function decimalTextOf(json: unknown): unknown {
  if (!isLosslessNumber(json)) return json;
  return writtenDigitsOf(json.value) > MOST_DIGITS_OF_A_NUMBER ? undefined : json.value;
}

/** Trailing zeros count: they are what rounding leaves of a large number. */
function writtenDigitsOf(number: string): number {
  return number.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '').length;
}
