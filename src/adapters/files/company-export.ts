import { ADDRESS_PARTS, BOUNDS } from '../../domain/profiles/company-facts.ts';
import type { Company } from '../../domain/profiles/company.ts';
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

/** A company as HTTP shows it, its members in one order, however they were stored. */
export function companyRecord(company: Company): ExportRecord {
  const { companyId, industry, identifiers, registeredOffice, previousNames, ...others } = company;
  const { name, status, countryCode, legalForm, website, foundedOn, description, tags } = others;
  const { version, createdAt, updatedAt } = others;
  return {
    companyId,
    name,
    status,
    countryCode,
    legalForm,
    industry: industry && inOrder(industry, ['scheme', 'code', 'label']),
    identifiers: identifiers.map((identifier) => inOrder(identifier, ['scheme', 'value'])),
    registeredOffice: registeredOffice && inOrder(registeredOffice, ADDRESS_PARTS),
    website,
    foundedOn,
    description,
    tags,
    previousNames: previousNames.map((previous) => inOrder(previous, ['name', 'from', 'until'])),
    version,
    createdAt,
    updatedAt,
  };
}

function inOrder<Name extends string>(
  given: Readonly<Partial<Record<Name, string>>>,
  names: readonly Name[],
): Record<string, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, given[name]]));
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
