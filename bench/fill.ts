import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { PROFILES_TABLE } from '../infra/tables.ts';
import type { DocumentClient } from '../src/adapters/dynamodb/document-client.ts';
import { companyItem } from '../src/adapters/dynamodb/profiles/company-item.ts';
import { CountryPartitions } from '../src/adapters/dynamodb/profiles/country-partitions.ts';
import type { Company } from '../src/domain/profiles/company.ts';
import { load } from './load.ts';
import { someCompany } from './some-companies.ts';

const BATCH = 25;

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
  await load(Math.ceil(companies.length / BATCH), 8, async (batch) => {
    let requests = companies.slice(batch * BATCH, (batch + 1) * BATCH).map((company) => ({
      PutRequest: { Item: companyItem(company, { writeToken: 'fill', requestId: 'fill' }) },
    }));
    while (requests.length > 0) {
      const { UnprocessedItems } = await client.send(
        new BatchWriteCommand({ RequestItems: { [table]: requests } }),
      );
      requests = (UnprocessedItems?.[table] ?? []) as typeof requests;
    }
  });
  return companies;
}
