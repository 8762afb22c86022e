/** Decimals of raw files, computed by whole numbers: exact, and nothing of it is the system's own arithmetic. */

/** More than any file here has. */
const PLACES = 30;
const ONE = 10n ** BigInt(PLACES);
const MEAN_DIGITS = 34;

/** The same number without zeros at its ends. */
export function plainDecimal(text: string): string {
  return textOf(unitsOf(text));
}

/** @param power the decimal places by which the point moves to the right */
export function timesTenTo(text: string, power: number): string {
  return textOf(unitsOf(text) * 10n ** BigInt(power));
}

export function sumOf(texts: readonly string[]): string {
  return textOf(texts.reduce((sum, text) => sum + unitsOf(text), 0n));
}

/** Rounded half-even to 34 digits. */
export function meanOf(texts: readonly string[]): string {
  const sum = texts.reduce((all, text) => all + unitsOf(text), 0n);
  const sign = sum < 0n ? '-' : '';
  const magnitude = sum < 0n ? -sum : sum;
  const count = BigInt(texts.length);
  // Enough places that the quotient has more digits than are kept.
  const dividend = magnitude * 10n ** BigInt(MEAN_DIGITS);
  const digits = String(dividend / count).length;
  const unit = 10n ** BigInt(Math.max(0, digits - MEAN_DIGITS));
  const [quotient, rest] = [dividend / (count * unit), dividend % (count * unit)];
  const half = 2n * rest - count * unit;
  const isUp = half > 0n || (half === 0n && quotient % 2n === 1n);
  return textOf((quotient + (isUp ? 1n : 0n)) * unit, PLACES + MEAN_DIGITS, sign);
}

/** For `sort`. */
export function compareDecimals(left: string, right: string): number {
  const difference = unitsOf(left) - unitsOf(right);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

function unitsOf(text: string): bigint {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  if (whole + fraction === '' || fraction.length > PLACES) throw new Error(`${text} is no number of a file`);
  const units = BigInt(whole) * ONE + BigInt(fraction.padEnd(PLACES, '0'));
  return sign === '-' ? -units : units;
}

function textOf(units: bigint, places = PLACES, sign = units < 0n ? '-' : ''): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -places)}${fraction && `.${fraction}`}`;
}
