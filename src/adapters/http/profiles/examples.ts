import { differenceOf, type Company } from '../../../domain/profiles/company.ts';
import { companyFactsOf, type CompanyFacts } from '../../../domain/profiles/company-facts.ts';
import type { Revision } from '../../../domain/profiles/revision.ts';
import { companyIdOf } from '../../../domain/shared/company-id.ts';
import { COMPANY_ID } from '../company-id-parameter.ts';

/** What newcomers copy, so it is real, and goes through the domain. */
export interface Examples {
  readonly body: CompanyFacts;
  readonly registered: Company;
  readonly renamed: Company;
  readonly rename: Pick<CompanyFacts, 'name'>;
  readonly renaming: Revision;
}

let made: Examples | undefined;

/** Made when they are asked for: a cold start need not wait for what hardly anyone reads. */
export function examples(): Examples {
  return (made ??= makeExamples());
}

function makeExamples(): Examples {
  const APPLE: CompanyFacts = companyFactsOf({
    name: 'Apple Inc.',
    status: 'active',
    countryCode: 'US',
    legalForm: 'Corporation',
    industry: { scheme: 'gics', code: '45202030', label: 'Technology Hardware, Storage & Peripherals' },
    identifiers: [
      { scheme: 'lei', value: 'HWUPKR0MPOU8FGXBT394' },
      { scheme: 'cik', value: '0000320193' },
      { scheme: 'isin', value: 'US0378331005' },
      { scheme: 'ticker', value: 'AAPL' },
    ],
    registeredOffice: {
      addressLine1: 'One Apple Park Way',
      locality: 'Cupertino',
      region: 'California',
      postalCode: '95014',
      country: 'US',
    },
    website: 'https://www.apple.com',
    foundedOn: '1976-04-01',
    tags: ['consumer-electronics'],
  });

  const BEFORE: CompanyFacts = { ...APPLE, name: 'Apple Computer, Inc.' };

  const registered: Company = {
    companyId: companyIdOf(COMPANY_ID.example ?? ''),
    ...BEFORE,
    previousNames: [],
    version: 1,
    createdAt: '2026-01-09T17:00:00.000Z',
    updatedAt: '2026-01-09T17:00:00.000Z',
  };

  const renamed: Company = {
    ...registered,
    name: APPLE.name,
    previousNames: [{ name: BEFORE.name, from: registered.createdAt, until: '2026-01-09T18:30:00.000Z' }],
    version: 2,
    updatedAt: '2026-01-09T18:30:00.000Z',
  };

  const renaming: Revision = {
    companyId: renamed.companyId,
    version: renamed.version,
    revisedAt: renamed.updatedAt,
    requestId: 'b6f0d9c2-7f0e-4a0b-9a53-0f4f7c2f5a11',
    ...differenceOf(BEFORE, APPLE),
    facts: APPLE,
    removed: false,
  };

  return {
    body: BEFORE,
    registered,
    renamed,
    rename: { name: APPLE.name },
    renaming,
  };
}
