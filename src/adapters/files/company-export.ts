import { ADDRESS_PARTS, BOUNDS } from '../../domain/profiles/company-facts.ts';
import { factsOf, type Company } from '../../domain/profiles/company.ts';
import type { ExportRecord } from './export-lines.ts';

/** Of a CSV of companies. The map `companies` reads all of them but the last three, which are for reference. */
export const COMPANY_COLUMNS: readonly string[] = [
  'companyId',
  'name',
  'status',
  'countryCode',
  'legalForm',
  ...['scheme', 'code', 'label'].map((part) => `industry.${part}`),
  ...ADDRESS_PARTS.map((part) => `registeredOffice.${part}`),
  'website',
  'foundedOn',
  'description',
  ...upTo(BOUNDS.identifiers).flatMap((index) => [
    `identifiers.${index}.scheme`,
    `identifiers.${index}.value`,
  ]),
  ...upTo(BOUNDS.tags).map((index) => `tags.${index}`),
  'version',
  'createdAt',
  'updatedAt',
];

/** A company as HTTP shows it. */
export function companyRecord(company: Company): ExportRecord {
  const { companyId, previousNames, version, createdAt, updatedAt } = company;
  return { companyId, ...factsOf(company), previousNames, version, createdAt, updatedAt };
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
