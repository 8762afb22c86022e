import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { PROFILES_TABLE } from '../infra/tables.ts';
import type { DocumentClient } from '../src/adapters/dynamodb/document-client.ts';
import { companyItem } from '../src/adapters/dynamodb/profiles/company-item.ts';
import type { Company } from '../src/domain/profiles/company.ts';
import { load } from './load.ts';
import { someCompany } from './some-companies.ts';

const BATCH = 25;

/** Puts companies of these numbers straight into the table, for lists and reads to find. */
export async function fill(client: DocumentClient, from: number, to: number): Promise<Company[]> {
  const companies = Array.from({ length: to - from }, (_, index) => someCompany(from + index));
  await load(Math.ceil(companies.length / BATCH), 8, async (batch) => {
    let requests = companies.slice(batch * BATCH, (batch + 1) * BATCH).map((company) => ({
      PutRequest: { Item: companyItem(company, { writeToken: 'fill', requestId: 'fill' }) },
    }));
    while (requests.length > 0) {
      const { UnprocessedItems } = await client.send(
        new BatchWriteCommand({ RequestItems: { [PROFILES_TABLE.name]: requests } }),
      );
      requests = (UnprocessedItems?.[PROFILES_TABLE.name] ?? []) as typeof requests;
    }
  });
  return companies;
}
