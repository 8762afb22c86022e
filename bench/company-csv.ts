import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { PROFILES_TABLE } from '../infra/tables.ts';
import { companyItem } from '../src/adapters/dynamodb/profiles/company-item.ts';
import { identifierKey } from '../src/adapters/dynamodb/profiles/identifier-item.ts';
import type { Company } from '../src/domain/profiles/company.ts';
import { columnMapOf, type ColumnMap } from '../src/domain/profiles/import/column-map.ts';

const TableName = PROFILES_TABLE.name;
const HEADER =
  'name,registrationNumber,cik,countryCode,legalForm,industryCode,industry,addressLine1,locality,postalCode,website,foundedOn,description';

/** The map of a file of companies, with what it says of observations where there are any. */
export function companyMap(observations?: object): ColumnMap {
  return columnMapOf({
    identifiers: [
      { scheme: 'registration-number', column: 'registrationNumber' },
      { scheme: 'cik', column: 'cik' },
    ],
    company: {
      name: 'name',
      countryCode: 'countryCode',
      legalForm: 'legalForm',
      industry: { scheme: { constant: 'uk-sic-2007' }, code: 'industryCode', label: 'industry' },
      registeredOffice: {
        addressLine1: 'addressLine1',
        locality: 'locality',
        postalCode: 'postalCode',
        country: 'countryCode',
      },
      website: 'website',
      foundedOn: 'foundedOn',
      description: 'description',
    },
    ...(observations && { observations }),
  });
}

/** Companies as a file that the map reads. */
export function csvOf(companies: readonly Company[]): string {
  const lines = companies.map(({ name, identifiers, industry, registeredOffice, ...company }) =>
    [
      name,
      ...identifiers.map(({ value }) => value),
      company.countryCode,
      company.legalForm,
      industry?.code,
      industry?.label,
      registeredOffice?.addressLine1,
      registeredOffice?.locality,
      registeredOffice?.postalCode,
      company.website,
      company.foundedOn,
      company.description,
    ].join(','),
  );
  return [HEADER, ...lines].join('\n');
}

/** What registering a company writes, conditions included. */
export function registrationOf(company: Company): TransactWriteCommand {
  const items = [
    companyItem(company, { writeToken: 'bench', requestId: 'bench' }),
    ...company.identifiers.map((identifier) => ({
      ...identifierKey(identifier, company.companyId),
      companyId: company.companyId,
      claimedAt: company.createdAt,
    })),
  ];
  return new TransactWriteCommand({
    TransactItems: items.map((Item) => ({
      Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
    })),
  });
}
