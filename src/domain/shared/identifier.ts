import type { Violation } from './errors.ts';
import { textOf } from './text.ts';

/** A name that others have for a company: its LEI, its CIK, a ticker. `value` is in the normal form of its scheme. */
export interface Identifier {
  readonly scheme: string;
  readonly value: string;
}

interface Scheme {
  /** An exclusive identifier belongs to one company; a shared one may be claimed by several, and the newest claim wins. */
  readonly exclusive: boolean;
  /** Keeps a value that is in normal form, and Unicode's NFC. */
  normalize(value: string): string;
  /** What is wrong with a normalized value, if anything. */
  check(value: string): string | undefined;
}

// Upper case may decompose: ΐ becomes three code points.
const upperCase = (value: string): string => value.toUpperCase().normalize('NFC');
const withoutSpaces = (value: string): string => upperCase(value.replace(/\s+/gu, ''));

const SCHEMES: Readonly<Record<string, Scheme>> = {
  lei: {
    exclusive: true,
    normalize: withoutSpaces,
    check: (value) =>
      /^[0-9A-Z]{18}[0-9]{2}$/.test(value) && mod97(value) === 1
        ? undefined
        : 'is no LEI: 20 letters and digits whose ISO 17442 check digits must fit',
  },
  cik: {
    exclusive: true,
    normalize: (value) => (/^\d{1,10}$/.test(value) ? value.padStart(10, '0') : value),
    check: (value) =>
      /^\d{10}$/.test(value) && !/^0+$/.test(value) ? undefined : 'is no CIK: up to 10 digits',
  },
  'registration-number': { exclusive: true, normalize: upperCase, check: () => undefined },
  isin: {
    exclusive: false,
    normalize: withoutSpaces,
    check: (value) =>
      /^[A-Z]{2}[0-9A-Z]{9}[0-9]$/.test(value) && hasLuhnDigit(value)
        ? undefined
        : 'is no ISIN: 12 letters and digits whose ISO 6166 check digit must fit',
  },
  // Exchanges write share classes as BRK.B, BRK-B or BRK/B.
  ticker: {
    exclusive: false,
    normalize: (value) => upperCase(value).replace(/[./\s]+/gu, '-'),
    check: (value) =>
      /^[0-9A-Z][0-9A-Z^=+&-]*$/.test(value) ? undefined : 'is no ticker: letters, digits, and - . /',
  },
};

/** A scheme that nobody registered here: no check, and shared, since nothing says that it is not. */
const UNKNOWN: Scheme = { exclusive: false, normalize: (value) => value, check: () => undefined };

const schemeOf = (name: string): Scheme => (Object.hasOwn(SCHEMES, name) && SCHEMES[name]) || UNKNOWN;

export function isExclusive(scheme: string): boolean {
  return schemeOf(scheme).exclusive;
}

/** What is wrong with the name of a scheme, if anything. */
export function schemeFault(scheme: string): string | undefined {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(scheme) && scheme.length <= 40
    ? undefined
    : 'must be a slug such as lei or registration-number';
}

/** An identifier in normal form. What is wrong with it goes to `violations`. */
export function identifierOf(
  input: Identifier,
  path: readonly (string | number)[],
  violations: Violation[],
): Identifier {
  const scheme = input.scheme.trim().toLowerCase();
  const slugFault = schemeFault(scheme);
  if (slugFault !== undefined) violations.push({ path: [...path, 'scheme'], detail: slugFault });
  const found = violations.length;
  const text = textOf(input.value, [...path, 'value'], { longest: 100 }, violations);
  const value = schemeOf(scheme).normalize(text);
  const fault = violations.length === found ? schemeOf(scheme).check(value) : undefined;
  if (fault !== undefined) violations.push({ path: [...path, 'value'], detail: fault });
  return { scheme, value };
}

export function isSameIdentifier(left: Identifier, right: Identifier): boolean {
  return left.scheme === right.scheme && left.value === right.value;
}

/** ISO 7064 MOD 97-10 over digits and letters (A = 10 … Z = 35). */
function mod97(text: string): number {
  let rest = 0;
  for (const digit of decimalDigits(text)) rest = (rest * 10 + digit) % 97;
  return rest;
}

/** The Luhn check of ISO 6166 over digits and letters (A = 10 … Z = 35). */
function hasLuhnDigit(text: string): boolean {
  const sum = decimalDigits(text)
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? digit : digit * 2))
    .reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return sum % 10 === 0;
}

function decimalDigits(text: string): number[] {
  return [...text].flatMap((character) => [...String(parseInt(character, 36))].map(Number));
}
