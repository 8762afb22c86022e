import {
  GetCommand,
  PutCommand,
  type DynamoDBDocumentClient,
  type PutCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Imports } from '../../../application/profiles/ports/imports.ts';
import type { FileImport, ImportId } from '../../../domain/profiles/import/file-import.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import { answerOf, refusalOf, type Item } from '../errors.ts';
import { key, type ItemKey } from '../keys.ts';

export class DynamoDbImports implements Imports {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async find(importId: ImportId): Promise<FileImport | undefined> {
    const item = await this.#get(importKey(importId));
    if (item === undefined) return undefined;
    const { pk: _pk, sk: _sk, expiresAt, ...rest } = item;
    const expiry = { expiresAt: new Date(Number(expiresAt) * 1000).toISOString() };
    return { ...rest, ...expiry } as unknown as FileImport;
  }

  async save(fileImport: FileImport, versionBefore: number): Promise<boolean> {
    return this.#put({
      Item: {
        ...importKey(fileImport.importId),
        ...fileImport,
        expiresAt: secondsOf(fileImport.expiresAt),
      },
      ...(versionBefore === 0
        ? ONLY_NEW
        : {
            ConditionExpression: '#version = :before',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':before': versionBefore },
          }),
    });
  }

  async firstOf(digest: string): Promise<ImportId | undefined> {
    return (await this.#get(digestKey(digest)))?.['importId'] as ImportId | undefined;
  }

  async claim(
    digest: string,
    importId: ImportId,
    before: ImportId | undefined,
    expiresAt: Instant,
  ): Promise<boolean> {
    return this.#put({
      Item: { ...digestKey(digest), importId, expiresAt: secondsOf(expiresAt) },
      ...(before === undefined
        ? ONLY_NEW
        : { ConditionExpression: 'importId = :before', ExpressionAttributeValues: { ':before': before } }),
    });
  }

  async #get(itemKey: ItemKey): Promise<Item | undefined> {
    const request = new GetCommand({ TableName: this.tableName, Key: itemKey, ConsistentRead: true });
    return (await answerOf(() => this.client.send(request))).Item;
  }

  /** Answers whether its condition let it. */
  async #put(input: Omit<PutCommandInput, 'TableName'>): Promise<boolean> {
    const request = new PutCommand({ TableName: this.tableName, ...input });
    try {
      await answerOf(() => this.client.send(request));
      return true;
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      return false;
    }
  }
}

const ONLY_NEW = { ConditionExpression: 'attribute_not_exists(pk)' };

function importKey(importId: ImportId): ItemKey {
  return { pk: key('IMPORT', importId), sk: 'IMPORT' };
}

function digestKey(digest: string): ItemKey {
  return { pk: key('IMPORT-DIGEST', digest), sk: 'IMPORT-DIGEST' };
}

/** The table's time to live is in seconds since 1970. */
function secondsOf(instant: Instant): number {
  return Math.ceil(Date.parse(instant) / 1000);
}
