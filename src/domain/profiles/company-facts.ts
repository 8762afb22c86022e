import { InvalidInput, type Violation } from '../shared/errors.ts';
import { isCountryCode } from './country.ts';
import { identifierOf, isSameIdentifier, type Identifier } from '../shared/identifier.ts';
import { textOf } from '../shared/text.ts';

export const STATUSES = ['active', 'dormant', 'dissolved'] as const;
export type Status = (typeof STATUSES)[number];

export interface Industry {
  /** In lower case. */
  readonly scheme: string;
  readonly code: string;
  readonly label: string;
}

export interface Address {
  readonly addressLine1?: string;
  readonly addressLine2?: string;
  readonly locality?: string;
  readonly region?: string;
  readonly postalCode?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
}

export const ADDRESS_PARTS = [
  'addressLine1',
  'addressLine2',
  'locality',
  'region',
  'postalCode',
  'country',
] as const satisfies readonly (keyof Address)[];

/** What its caretakers say of a company: everything about it that is not the registry's own bookkeeping. */
export interface CompanyFacts {
  readonly name: string;
  readonly status: Status;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  readonly legalForm?: string;
  readonly industry?: Industry;
  readonly identifiers: readonly Identifier[];
  readonly registeredOffice?: Address;
  /** An absolute http or https URL. */
  readonly website?: string;
  /** A year, a month or a day: `1888`, `1888-07`, `1888-07-01`. */
  readonly foundedOn?: string;
  readonly description?: string;
  readonly tags: readonly string[];
}

export const FACT_NAMES = [
  'name',
  'status',
  'countryCode',
  'legalForm',
  'industry',
  'identifiers',
  'registeredOffice',
  'website',
  'foundedOn',
  'description',
  'tags',
] as const satisfies readonly (keyof CompanyFacts)[];

export type FactName = (typeof FACT_NAMES)[number];

/** Bounds of the interface; the profile's item stays small because of them. */
export const BOUNDS = {
  name: 200,
  legalForm: 100,
  industryScheme: 40,
  industryCode: 100,
  industryLabel: 200,
  addressLine: 200,
  website: 500,
  description: 2000,
  tag: 50,
  tags: 20,
  identifiers: 20,
  previousNames: 20,
} as const;

/**
 * The facts as they are stored: texts in NFC and trimmed, identifiers in their schemes' normal forms, repeated
 * identifiers and tags once.
 *
 * @throws InvalidInput with everything that is wrong
 */
export function companyFactsOf(input: CompanyFacts): CompanyFacts {
  const violations: Violation[] = [];
  const text = (value: string, path: readonly (string | number)[], longest: number): string =>
    textOf(value, path, { longest }, violations);

  const facts: CompanyFacts = {
    name: text(input.name, ['name'], BOUNDS.name),
    status: statusOf(input.status, violations),
    countryCode: countryCodeOf(input.countryCode, ['countryCode'], violations),
    ...(input.legalForm !== undefined && {
      legalForm: text(input.legalForm, ['legalForm'], BOUNDS.legalForm),
    }),
    ...(input.industry !== undefined && { industry: industryOf(input.industry, violations) }),
    identifiers: identifiersOf(input.identifiers, violations),
    ...(input.registeredOffice !== undefined && addressOf(input.registeredOffice, violations)),
    ...(input.website !== undefined && { website: websiteOf(input.website, violations) }),
    ...(input.foundedOn !== undefined && { foundedOn: partialDateOf(input.foundedOn, violations) }),
    ...(input.description !== undefined && {
      description: textOf(
        input.description,
        ['description'],
        { longest: BOUNDS.description, lineBreaks: true },
        violations,
      ),
    }),
    tags: tagsOf(input.tags, violations),
  };
  if (violations.length > 0) throw new InvalidInput(violations);
  return facts;
}

function statusOf(input: Status, violations: Violation[]): Status {
  if (!STATUSES.includes(input)) {
    violations.push({ path: ['status'], detail: `must be one of ${STATUSES.join(', ')}` });
  }
  return input;
}

function countryCodeOf(input: string, path: readonly string[], violations: Violation[]): string {
  const code = input.trim().toUpperCase();
  // Two letters before as well: upper case makes SS, which is South Sudan, of ß.
  if (!/^[a-z]{2}$/i.test(input.trim()) || !isCountryCode(code)) {
    violations.push({ path, detail: 'must be an ISO 3166-1 alpha-2 country code, such as US' });
  }
  return code;
}

function industryOf(input: Industry, violations: Violation[]): Industry {
  const text = (part: keyof Industry, value: string, longest: number): string =>
    textOf(value, ['industry', part], { longest }, violations);
  const scheme = text('scheme', input.scheme.toLowerCase(), BOUNDS.industryScheme);
  if (scheme.includes(':'))
    violations.push({ path: ['industry', 'scheme'], detail: 'must not contain a colon' });
  return {
    scheme,
    code: text('code', input.code, BOUNDS.industryCode),
    label: text('label', input.label, BOUNDS.industryLabel),
  };
}

function identifiersOf(input: readonly Identifier[], violations: Violation[]): Identifier[] {
  if (input.length > BOUNDS.identifiers) {
    violations.push({ path: ['identifiers'], detail: `must have at most ${BOUNDS.identifiers} entries` });
    return [];
  }
  return input
    .map((identifier, index) => identifierOf(identifier, ['identifiers', index], violations))
    .filter(
      (identifier, index, all) => all.findIndex((other) => isSameIdentifier(other, identifier)) === index,
    );
}

/** An address without a single line is no address. */
function addressOf(input: Address, violations: Violation[]): { registeredOffice?: Address } {
  const address: { -readonly [Part in keyof Address]: string } = {};
  for (const part of ADDRESS_PARTS) {
    const value = input[part];
    if (value === undefined) continue;
    const path = ['registeredOffice', part];
    address[part] =
      part === 'country'
        ? countryCodeOf(value, path, violations)
        : textOf(value, path, { longest: BOUNDS.addressLine }, violations);
  }
  return Object.keys(address).length === 0 ? {} : { registeredOffice: address };
}

// Names between single dots, a port, and a rest without what no URL contains; linear in its length.
const WEBSITE =
  /^https?:\/\/[^\s./?#@:"<>\\^`{|}]+(?:\.[^\s./?#@:"<>\\^`{|}]+)*\.?(?::(\d+))?(?:[/?#][^\s"<>\\]*)?$/iu;

function websiteOf(input: string, violations: Violation[]): string {
  const website = textOf(input, ['website'], { longest: BOUNDS.website }, violations);
  const [url, port] = WEBSITE.exec(website) ?? [];
  if (url === undefined || Number(port ?? 0) > 65_535) {
    violations.push({ path: ['website'], detail: 'must be an absolute http or https URL' });
  }
  return website;
}

function partialDateOf(input: string, violations: Violation[]): string {
  const text = input.trim();
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (year === undefined || !isDate(Number(year), Number(month ?? 1), Number(day ?? 1))) {
    violations.push({
      path: ['foundedOn'],
      detail: 'must be a year, a month or a date: 1888, 1888-07 or 1888-07-01',
    });
  }
  return text;
}

function isDate(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return year > 0 && days !== undefined && day >= 1 && day <= days;
}

function tagsOf(input: readonly string[], violations: Violation[]): string[] {
  if (input.length > BOUNDS.tags) {
    violations.push({ path: ['tags'], detail: `must have at most ${BOUNDS.tags} entries` });
    return [];
  }
  return [
    ...new Set(input.map((tag, index) => textOf(tag, ['tags', index], { longest: BOUNDS.tag }, violations))),
  ];
}
