import { register, type Company } from '../../src/domain/profiles/company.ts';
import type { CompanyFacts } from '../../src/domain/profiles/company-facts.ts';
import { companyIdOf, type CompanyId } from '../../src/domain/shared/company-id.ts';
import type { Instant } from '../../src/domain/shared/time.ts';

/** The companyId of a number: later numbers sort later. */
export function companyIdAt(number: number): CompanyId {
  return companyIdOf(`00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`);
}

/** The least that a company has. */
export function someFacts(overrides: Partial<CompanyFacts> = {}): CompanyFacts {
  return { name: 'Acme', status: 'active', countryCode: 'US', identifiers: [], tags: [], ...overrides };
}

/** Every fact that a company may have, in normal form. */
export function allFacts(overrides: Partial<CompanyFacts> = {}): CompanyFacts {
  return {
    name: 'Société Générale',
    status: 'active',
    countryCode: 'FR',
    legalForm: 'Société anonyme',
    industry: { scheme: 'gics', code: '4010', label: 'Banks' },
    identifiers: [
      { scheme: 'lei', value: 'O2RNE8IBXP4R0TD8PU41' },
      { scheme: 'isin', value: 'FR0000130809' },
      { scheme: 'ticker', value: 'GLE' },
    ],
    registeredOffice: {
      addressLine1: '29 boulevard Haussmann',
      locality: 'Paris',
      postalCode: '75009',
      country: 'FR',
    },
    website: 'https://www.societegenerale.com/',
    foundedOn: '1864-05-04',
    description: 'A bank.\nSince 1864.',
    tags: ['bank', 'listed'],
    ...overrides,
  };
}

export const REGISTERED_AT: Instant = '2026-01-01T00:00:00.000Z';

/** A company as it is after its registration. */
export function aCompany(
  facts: Partial<CompanyFacts> = {},
  { companyId = companyIdAt(1), at = REGISTERED_AT }: { companyId?: CompanyId; at?: Instant } = {},
): Company {
  return register(companyId, someFacts(facts), at);
}

/** The instant a number of minutes after REGISTERED_AT. */
export function minutesLater(minutes: number): Instant {
  return new Date(Date.parse(REGISTERED_AT) + minutes * 60_000).toISOString();
}

/** A CIK in normal form; every number has its own. */
export function cikOf(number: number): { scheme: string; value: string } {
  return { scheme: 'cik', value: String(number).padStart(10, '0') };
}

export function tickerOf(value: string): { scheme: string; value: string } {
  return { scheme: 'ticker', value };
}
