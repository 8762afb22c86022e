import { GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Documents } from '../../../application/profiles/ports/documents.ts';
import type { DocumentId, DocumentRecord, StoredDocument } from '../../../domain/profiles/document.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import { answerOf, refusalOf } from '../errors.ts';
import { companyPk } from '../keys.ts';
import { query } from '../query.ts';
import { DOCUMENT_PREFIX, documentItem, documentKey, documentOf } from './document-item.ts';

export class DynamoDbDocuments implements Documents {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async find(
    companyId: CompanyId,
    documentId: DocumentId,
    consistency: 'eventual' | 'strong',
  ): Promise<DocumentRecord | undefined> {
    const request = new GetCommand({
      TableName: this.tableName,
      Key: documentKey(companyId, documentId),
      ConsistentRead: consistency === 'strong',
    });
    const { Item } = await answerOf(() => this.client.send(request));
    return Item && documentOf(Item);
  }

  async list(companyId: CompanyId, { limit, after }: PageRequest): Promise<Page<StoredDocument>> {
    const request = new QueryCommand({
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :document)',
      // Slots that wait and tombstones are few beside documents: a page may be short, and goes on.
      FilterExpression: '#status = :stored',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':pk': companyPk(companyId),
        ':document': DOCUMENT_PREFIX,
        ':stored': 'stored' satisfies DocumentRecord['status'],
      },
      ScanIndexForward: false,
      Limit: limit,
      ...(after !== undefined && { ExclusiveStartKey: documentKey(companyId, after) }),
    });
    const { Items = [], LastEvaluatedKey } = await answerOf(() => this.client.send(request));
    const items = Items.map((item) => documentOf(item) as StoredDocument);
    if (LastEvaluatedKey === undefined) return { items };
    return { items, next: String(LastEvaluatedKey['sk']).slice(DOCUMENT_PREFIX.length) };
  }

  async *all(companyId: CompanyId): AsyncGenerator<DocumentRecord> {
    const found = query(this.client, {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :document)',
      ExpressionAttributeValues: { ':pk': companyPk(companyId), ':document': DOCUMENT_PREFIX },
      ConsistentRead: true,
    });
    for await (const item of found) yield documentOf(item);
  }

  async save(record: DocumentRecord, versionBefore: number): Promise<boolean> {
    const request = new PutCommand({
      TableName: this.tableName,
      Item: { ...documentItem(record) },
      ...(versionBefore === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :before',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':before': versionBefore },
          }),
    });
    try {
      await answerOf(() => this.client.send(request));
      return true;
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      return false;
    }
  }
}
