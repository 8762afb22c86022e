import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  CountChange,
  CountedDocuments,
  StoredTotals,
} from '../../../application/statistics/ports/counted-documents.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Backoff } from '../../../domain/shared/time.ts';
import type { CountedDocument } from '../../../domain/statistics/counted-document.ts';
import { fullJitter } from '../../system/full-jitter.ts';
import { batchGet } from '../batch-get.ts';
import { answerOf, type Item } from '../errors.ts';
import { allKeyOf, companyPk, type ItemKey } from '../keys.ts';
import { query } from '../query.ts';
import { writeAll, type Write } from '../write-all.ts';
import {
  countedDocumentItem,
  countedDocumentOf,
  documentTotalsAttribute,
  storedTotalsOf,
} from './counted-document-item.ts';
import { COUNTED_DOCUMENT_PREFIX, countedDocumentKey, summaryKey } from './statistics-keys.ts';

/**
 * The totals in the summary item are the lock of all documents of a company: whatever changes one of those raises their
 * revision, and is conditional on it.
 */
export class DynamoDbCountedDocuments implements CountedDocuments {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly backoff: Backoff = fullJitter,
  ) {}

  async find(
    companyId: CompanyId,
    documentId: string,
  ): Promise<StoredTotals & { readonly document?: CountedDocument }> {
    const stored = storedTotalsOf(await this.#get(summaryKey(companyId)));
    const item = await this.#get(countedDocumentKey(companyId, documentId));
    return { ...stored, ...(item && { document: countedDocumentOf(item) }) };
  }

  async totals(companyIds: readonly CompanyId[]): Promise<readonly StoredTotals[]> {
    const items = await batchGet(this.client, this.tableName, companyIds.map(summaryKey), this.backoff);
    const byCompany = new Map(items.map((item) => [item['companyId'], item]));
    return companyIds.map((companyId) => storedTotalsOf(byCompany.get(companyId)));
  }

  async *all(companyId: CompanyId): AsyncGenerator<CountedDocument> {
    const found = query(this.client, {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': companyPk(companyId), ':prefix': COUNTED_DOCUMENT_PREFIX },
      ConsistentRead: true,
    });
    for await (const item of found) yield countedDocumentOf(item);
  }

  async change(companyId: CompanyId, change: CountChange): Promise<boolean> {
    const { keep, forget } = change;
    const TableName = this.tableName;
    const writes: Write[] = [
      this.#totalsWrite(companyId, change),
      ...(keep ? [{ Put: { TableName, Item: { ...countedDocumentItem(companyId, keep) } } }] : []),
      ...(forget === undefined
        ? []
        : [{ Delete: { TableName, Key: { ...countedDocumentKey(companyId, forget) } } }]),
    ];
    return (await writeAll(this.client, writes, this.backoff)) === undefined;
  }

  #totalsWrite(companyId: CompanyId, { totals, revisionBefore }: CountChange): Write {
    const { documentTotals } = documentTotalsAttribute({ totals, revision: revisionBefore + 1 });
    return {
      Update: {
        TableName: this.tableName,
        Key: { ...summaryKey(companyId) },
        // The company may be unknown as yet: its item is found as that of any other.
        UpdateExpression: 'SET documentTotals = :totals, companyId = :companyId, allKey = :allKey',
        ConditionExpression:
          revisionBefore === 0
            ? 'attribute_not_exists(documentTotals)'
            : 'documentTotals.revision = :revisionBefore',
        ExpressionAttributeValues: {
          ':totals': documentTotals,
          ':companyId': companyId,
          ':allKey': allKeyOf(companyId),
          ...(revisionBefore > 0 && { ':revisionBefore': revisionBefore }),
        },
      },
    };
  }

  async #get({ pk, sk }: ItemKey): Promise<Item | undefined> {
    const request = new GetCommand({ TableName: this.tableName, Key: { pk, sk }, ConsistentRead: true });
    const { Item } = await answerOf(() => this.client.send(request), this.backoff);
    return Item;
  }
}
