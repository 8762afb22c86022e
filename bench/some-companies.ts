import { register, type Company } from '../src/domain/profiles/company.ts';
import { companyIdOf } from '../src/domain/shared/company-id.ts';
import { v7 } from 'uuid';

const AT = '2026-01-01T00:00:00.000Z';

/** A company of about 1 KB with two exclusive identifiers, each number with its own. */
export function someCompany(number: number): Company {
  return register(
    companyIdOf(v7()),
    {
      name: `${nameOf(number)} Holdings ${number}`,
      status: 'active',
      countryCode: 'GB',
      legalForm: 'Private limited company',
      industry: { scheme: 'uk-sic-2007', code: '64209', label: 'Activities of other holding companies' },
      identifiers: [
        { scheme: 'registration-number', value: String(number).padStart(8, '0') },
        { scheme: 'cik', value: String(number + 1) },
      ],
      registeredOffice: {
        addressLine1: '1 High Street',
        locality: 'London',
        postalCode: 'EC1A 1AA',
        country: 'GB',
      },
      website: 'https://www.example.com',
      foundedOn: '1999-12-31',
      description: 'A company that holds shares of other companies. '.repeat(6),
      tags: ['benchmark'],
    },
    AT,
  );
}

/** Names that begin with every letter alike. */
function nameOf(number: number): string {
  return String.fromCharCode(65 + (number % 26)) + String.fromCharCode(97 + (Math.floor(number / 26) % 26));
}
