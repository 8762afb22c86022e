import type { Decimal } from '../../../domain/shared/decimal.ts';

/** That of the smallest magnitude: exponents are written from 0 on, in three digits. */
const LEAST_EXPONENT = -130;
const EXPONENT_DIGITS = 3;

/** Two ends of digits: one is before every digit, one is behind. */
const END = '!';
const END_OF_NEGATIVE = '~';

/**
 * A place in a ranking: such texts ascend with the values, and those of one value with the companyIds. Numbers as sort
 * keys would leave companies of one value in any order.
 */
export function rankKeyOf(value: Decimal, companyId: string): string {
  return `${sortable(value)}${companyId}`;
}

/** A text that is less, equal or greater than zero's, then the exponent and the digits; of what is below zero all counts backwards. */
function sortable(value: Decimal): string {
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  const all = whole + fraction;
  const first = all.search(/[1-9]/);
  if (first < 0) return '=';
  const exponent = whole.length - 1 - first - LEAST_EXPONENT;
  const digits = String(exponent).padStart(EXPONENT_DIGITS, '0') + all.slice(first).replace(/0+$/, '');
  return value.startsWith('-') ? `<${backwards(digits)}${END_OF_NEGATIVE}` : `>${digits}${END}`;
}

function backwards(digits: string): string {
  return digits.replace(/\d/g, (digit) => String(9 - Number(digit)));
}
