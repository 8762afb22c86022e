import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { PROFILES_TABLE } from '../infra/tables.ts';
import type { DocumentClient } from '../src/adapters/dynamodb/document-client.ts';
import { companyItem } from '../src/adapters/dynamodb/profiles/company-item.ts';
import { CountryPartitions } from '../src/adapters/dynamodb/profiles/country-partitions.ts';
import type { Company } from '../src/domain/profiles/company.ts';
import { load } from './load.ts';
import { someCompany } from './some-companies.ts';

const BATCH = 100;

/** Puts companies of these numbers straight into a table of profiles, for lists and reads to find. */
export async function fill(
  client: DocumentClient,
  from: number,
  to: number,
  table: string = PROFILES_TABLE.name,
): Promise<Company[]> {
  const companies = Array.from({ length: to - from }, (_, index) => someCompany(from + index));
  const countries = new CountryPartitions(client, table);
  for (const code of new Set(companies.map(({ countryCode }) => countryCode))) await countries.ensure(code);
  const items = companies.map((company) => companyItem(company, { writeToken: 'fill', requestId: 'fill' }));
  await putAll(client, table, items);
  return companies;
}

/** Puts items straight into a table, by large transactions: the engine takes them at less than half the cost of batches. */
export async function putAll(client: DocumentClient, table: string, items: readonly object[]): Promise<void> {
  await load(Math.ceil(items.length / BATCH), 4, (batch) => {
    const puts = items
      .slice(batch * BATCH, (batch + 1) * BATCH)
      .map((item) => ({ Put: { TableName: table, Item: { ...item } } }));
    return client.send(new TransactWriteCommand({ TransactItems: puts }));
  });
}
