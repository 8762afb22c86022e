import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import type { RevisionLog } from '../../../application/profiles/ports/revision-log.ts';
import type { Revision } from '../../../domain/profiles/revision.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import { answerOf, refusalOf, type Item } from '../errors.ts';
import { inParallel } from '../../../domain/shared/in-parallel.ts';
import { companyPk, key, type ItemKey } from '../keys.ts';
import { query } from '../query.ts';

const PARALLEL = 16;
const VERSION_DIGITS = 10;

export class DynamoDbRevisionLog implements RevisionLog {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async append(revisions: readonly Revision[]): Promise<void> {
    await inParallel(revisions, PARALLEL, (revision) => this.#append(revision));
  }

  async list(companyId: CompanyId, { limit, after }: PageRequest): Promise<Page<Revision>> {
    const request = new QueryCommand({
      ...this.#revisionsOf(companyId),
      ScanIndexForward: false,
      Limit: limit,
      ...(after !== undefined && { ExclusiveStartKey: revisionKey(companyId, Number(after)) }),
    });
    const { Items = [], LastEvaluatedKey } = await answerOf(() => this.client.send(request));
    const items = Items.map(revisionOf);
    const last = items.at(-1);
    return { items, ...(LastEvaluatedKey && last && { next: String(last.version) }) };
  }

  async find(companyId: CompanyId, version: number): Promise<Revision | undefined> {
    const request = new GetCommand({ TableName: this.tableName, Key: revisionKey(companyId, version) });
    const { Item } = await answerOf(() => this.client.send(request));
    return Item && revisionOf(Item);
  }

  async remove({ companyId, version, revisedAt }: Revision): Promise<boolean> {
    const request = new DeleteCommand({
      TableName: this.tableName,
      Key: revisionKey(companyId, version),
      ConditionExpression: 'revisedAt = :revisedAt',
      ExpressionAttributeValues: { ':revisedAt': revisedAt },
    });
    return this.#isDone(() => this.client.send(request));
  }

  async versions(companyId: CompanyId): Promise<readonly number[]> {
    const versions: number[] = [];
    const found = query(this.client, {
      ...this.#revisionsOf(companyId),
      ProjectionExpression: '#version',
      ExpressionAttributeNames: { '#version': 'version' },
      ConsistentRead: true,
    });
    for await (const item of found) versions.push(item['version'] as number);
    return versions;
  }

  async #append(revision: Revision): Promise<void> {
    const request = new PutCommand({
      TableName: this.tableName,
      Item: { ...revisionKey(revision.companyId, revision.version), ...revision },
      ConditionExpression: 'attribute_not_exists(pk) OR revisedAt < :revisedAt',
      ExpressionAttributeValues: { ':revisedAt': revision.revisedAt },
    });
    await this.#isDone(() => this.client.send(request));
  }

  /** Whether the condition of a write held. */
  async #isDone(write: () => Promise<unknown>): Promise<boolean> {
    try {
      await answerOf(write);
      return true;
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      return false;
    }
  }

  #revisionsOf(companyId: CompanyId) {
    return {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :revision)',
      ExpressionAttributeValues: { ':pk': companyPk(companyId), ':revision': 'REVISION#' },
    };
  }
}

function revisionKey(companyId: CompanyId, version: number): ItemKey {
  return { pk: companyPk(companyId), sk: key('REVISION', String(version).padStart(VERSION_DIGITS, '0')) };
}

function revisionOf({ pk: _pk, sk: _sk, ...revision }: Item): Revision {
  return revision as unknown as Revision;
}
