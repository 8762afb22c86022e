import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { PROFILES_TABLE } from '../infra/tables.ts';
import type { DocumentClient } from '../src/adapters/dynamodb/document-client.ts';
import { companyItem, companyKey } from '../src/adapters/dynamodb/profiles/company-item.ts';
import { change, type Company } from '../src/domain/profiles/company.ts';
import { mustSend } from './http-client.ts';
import { inTurns, load, type Load } from './load.ts';

const TableName = PROFILES_TABLE.name;
const CONCURRENCY = 16;
const ROUNDS = 5;

/** GET and PATCH through the gateway, and what they are made of, by the bare client. */
export async function measureGateway(
  url: string,
  client: DocumentClient,
  companies: readonly Company[],
): Promise<Record<'get' | 'bareGet' | 'patch' | 'barePatch', Load>> {
  const at = (index: number): Company => companies[index % companies.length]!;
  const half = Math.floor(companies.length / 2);
  // Each of the two writers has companies of its own, so that neither meets the other's versions.
  const versions = new Map(companies.map(({ companyId }) => [companyId, 1]));
  return inTurns(ROUNDS, {
    get: () =>
      load(2_000, CONCURRENCY, (index) => mustSend(200, `${url}/v1/companies/${at(index).companyId}`)),
    bareGet: () =>
      load(2_000, CONCURRENCY, (index) =>
        client.send(new GetCommand({ TableName, Key: companyKey(at(index).companyId) })),
      ),
    patch: (round) =>
      load(half, CONCURRENCY, async (index) => {
        const { companyId } = at(index);
        const version = versions.get(companyId)!;
        await mustSend(
          200,
          `${url}/v1/companies/${companyId}`,
          'PATCH',
          { 'content-type': 'application/merge-patch+json', 'if-match': `"${version}"` },
          JSON.stringify({ description: `Described in round ${round}. ${at(index).description}` }),
        );
        versions.set(companyId, version + 1);
      }),
    barePatch: (round) =>
      load(half, CONCURRENCY, async (index) => {
        const company = at(half + index);
        const version = versions.get(company.companyId)!;
        await client.send(
          new GetCommand({ TableName, Key: companyKey(company.companyId), ConsistentRead: true }),
        );
        const changed = change(
          { ...company, version },
          { ...company, description: `Described in round ${round}. ${company.description}` },
          company.updatedAt,
        );
        await client.send(
          new PutCommand({
            TableName,
            Item: companyItem(changed, { writeToken: 'bench', requestId: 'bench' }),
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': version },
          }),
        );
        versions.set(company.companyId, version + 1);
      }),
  });
}
