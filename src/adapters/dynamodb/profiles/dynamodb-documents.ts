import { GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Documents } from '../../../application/profiles/ports/documents.ts';
import type { DocumentId, DocumentRecord, StoredDocument } from '../../../domain/profiles/document.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import { answerOf, refusalOf, type Item } from '../errors.ts';
import { companyPk, key, type ItemKey } from '../keys.ts';

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
    return Item && recordOf(Item);
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
        ':document': 'DOCUMENT#',
        ':stored': 'stored' satisfies DocumentRecord['status'],
      },
      ScanIndexForward: false,
      Limit: limit,
      ...(after !== undefined && { ExclusiveStartKey: documentKey(companyId, after) }),
    });
    const { Items = [], LastEvaluatedKey } = await answerOf(() => this.client.send(request));
    const items = Items.map((item) => recordOf(item) as StoredDocument);
    if (LastEvaluatedKey === undefined) return { items };
    return { items, next: String(LastEvaluatedKey['sk']).slice(key('DOCUMENT', '').length) };
  }

  async save(record: DocumentRecord, versionBefore: number): Promise<boolean> {
    const { expiresAt, ...rest } = record;
    const request = new PutCommand({
      TableName: this.tableName,
      Item: {
        ...documentKey(record.companyId, record.documentId),
        ...rest,
        // The table's time to live is in seconds since 1970.
        ...(expiresAt !== undefined && { expiresAt: Math.ceil(Date.parse(expiresAt) / 1000) }),
      },
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

function documentKey(companyId: CompanyId, documentId: string): ItemKey {
  return { pk: companyPk(companyId), sk: key('DOCUMENT', documentId) };
}

function recordOf({ pk: _pk, sk: _sk, expiresAt, ...record }: Item): DocumentRecord {
  const expiry = expiresAt !== undefined && { expiresAt: new Date(Number(expiresAt) * 1000).toISOString() };
  return { ...record, ...expiry } as unknown as DocumentRecord;
}
