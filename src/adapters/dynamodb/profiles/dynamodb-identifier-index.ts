import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { IdentifierIndex } from '../../../application/profiles/ports/identifier-index.ts';
import { isExclusive, type Identifier } from '../../../domain/shared/identifier.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { batchGet } from '../batch-get.ts';
import { inParallel } from '../../../domain/shared/in-parallel.ts';
import { query } from '../query.ts';
import { identifierPk, type IdentifierItem } from './identifier-item.ts';

const PARALLEL = 16;

export class DynamoDbIdentifierIndex implements IdentifierIndex {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async bearersOf(identifiers: readonly Identifier[]): Promise<readonly (readonly CompanyId[])[]> {
    const exclusive = new Set<string>();
    const shared = new Set<string>();
    for (const identifier of identifiers) {
      (isExclusive(identifier.scheme) ? exclusive : shared).add(identifierPk(identifier));
    }
    const [owners, claims] = await Promise.all([
      this.#ownersOf([...exclusive]),
      inParallel([...shared], PARALLEL, (pk) => this.#claimantsOf(pk)),
    ]);
    const bearers = new Map([...owners, ...claims]);
    return identifiers.map((identifier) => bearers.get(identifierPk(identifier)) ?? []);
  }

  async #ownersOf(pks: readonly string[]): Promise<[string, CompanyId[]][]> {
    const keys = pks.map((pk) => ({ pk, sk: 'IDENTIFIER' }));
    const items = (await batchGet(this.client, this.tableName, keys)) as unknown as IdentifierItem[];
    return items.map(({ pk, companyId }) => [pk, [companyId]]);
  }

  async #claimantsOf(pk: string): Promise<[string, CompanyId[]]> {
    const claims: IdentifierItem[] = [];
    const found = query(this.client, {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :company)',
      ExpressionAttributeValues: { ':pk': pk, ':company': 'COMPANY#' },
      ConsistentRead: true,
    });
    for await (const item of found) claims.push(item as unknown as IdentifierItem);
    return [pk, claims.sort(newestFirst).map(({ companyId }) => companyId)];
  }
}

function newestFirst(left: IdentifierItem, right: IdentifierItem): number {
  if (left.claimedAt !== right.claimedAt) return left.claimedAt < right.claimedAt ? 1 : -1;
  return left.companyId < right.companyId ? 1 : -1;
}
