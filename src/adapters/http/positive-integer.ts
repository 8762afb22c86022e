/** The number that a text writes in decimal digits and without leading zeros, from 1 to the greatest safe integer. */
export function positiveInteger(text: string): number | undefined {
  const number = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
