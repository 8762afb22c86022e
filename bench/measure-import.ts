import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { PROFILES_TABLE } from '../infra/tables.ts';
import type { DocumentClient } from '../src/adapters/dynamodb/document-client.ts';
import { companyItem } from '../src/adapters/dynamodb/profiles/company-item.ts';
import { identifierKey } from '../src/adapters/dynamodb/profiles/identifier-item.ts';
import { openCompanyFile } from '../src/adapters/files/company-file.ts';
import { ImportCompanies } from '../src/application/profiles/import-companies.ts';
import type { Company } from '../src/domain/profiles/company.ts';
import { columnMapOf } from '../src/domain/profiles/import/column-map.ts';
import { profilesContainer } from '../src/entrypoints/composition/compose.ts';
import { profilesOnDynamoDb } from '../src/entrypoints/composition/dynamodb-adapters.ts';
import { inTurns, load, type Load } from './load.ts';
import { someCompany } from './some-companies.ts';

const TableName = PROFILES_TABLE.name;
const ROWS = 1_000;
const ROUNDS = 9;

const MAP = columnMapOf({
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
});

/**
 * Rows a second of an import of new companies from a CSV, and of the same items as bare transactions; and how many
 * companies there are more, with the numbers from `firstNumber` on.
 */
export async function measureImport(
  client: DocumentClient,
  firstNumber: number,
): Promise<{ readonly loads: Record<'import' | 'bare', Load>; readonly companies: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const importCompanies = profilesContainer(profilesOnDynamoDb(client, TableName)).get(ImportCompanies);
  let next = firstNumber;
  const fresh = (): Company[] => Array.from({ length: ROWS }, () => someCompany(next++));
  try {
    const loads = await inTurns(ROUNDS, {
      bare: async () => {
        const companies = fresh();
        return load(ROWS, 32, (index) => client.send(transactionOf(companies[index]!)));
      },
      import: async () => {
        const file = join(folder, 'companies.csv');
        await writeFile(file, csvOf(fresh()));
        return load(1, 1, async () => {
          const { rows } = await openCompanyFile(file, MAP);
          const { created } = await importCompanies.execute(rows, { requestId: 'bench' });
          if (created !== ROWS) throw new Error(`Only ${created} of ${ROWS} rows were new.`);
        }).then((result) => ({ ...result, perSecond: result.perSecond * ROWS }));
      },
    });
    return { loads, companies: next - firstNumber };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What registering the company writes, conditions included. */
function transactionOf(company: Company): TransactWriteCommand {
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

function csvOf(companies: readonly Company[]): string {
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
  const header =
    'name,registrationNumber,cik,countryCode,legalForm,industryCode,industry,addressLine1,locality,postalCode,website,foundedOn,description';
  return [header, ...lines].join('\n');
}
