import { DeleteCommand, GetCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TrackedCompanies } from '../../../application/statistics/ports/tracked-companies.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { TrackedCompany } from '../../../domain/statistics/tracked-company.ts';
import { allItems } from '../all-items.ts';
import { batchGet } from '../batch-get.ts';
import { answerOf, refusalOf, type Refusal } from '../errors.ts';
import { fullJitter } from '../../system/full-jitter.ts';
import type { Backoff } from '../../../domain/shared/time.ts';
import {
  OPTIONAL_ATTRIBUTES,
  trackedCompanyAttributes,
  trackedCompanyOf,
  type TrackedCompanyAttributes,
} from './tracked-company-item.ts';
import { SUMMARY, summaryKey } from './statistics-keys.ts';

const UNKNOWN = 'attribute_not_exists(profileVersion)';
const EARLIER_EPOCH = 'profileEpoch < :profileEpoch';

/** Says of the item what `follow` of the domain says: followed. */
const FOLLOWED =
  `${UNKNOWN} OR ${EARLIER_EPOCH} ` +
  'OR (profileEpoch = :profileEpoch AND profileVersion < :profileVersion AND removed = :present)';
const NOT_LATER = `${UNKNOWN} OR ${EARLIER_EPOCH} OR (profileEpoch = :profileEpoch AND profileVersion <= :profileVersion)`;

/** What has changed where the profiles service has said something else since, whenever it came to be known. */
const CONTENT = [
  'profileEpoch',
  'profileVersion',
  'removed',
  'companyName',
  'status',
  'countryCode',
  'industry',
  'identifiers',
] as const satisfies (keyof TrackedCompanyAttributes)[];

export class DynamoDbTrackedCompanies implements TrackedCompanies {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly backoff: Backoff = fullJitter,
  ) {}

  async find(companyId: CompanyId, consistency: 'eventual' | 'strong'): Promise<TrackedCompany | undefined> {
    const request = new GetCommand({
      TableName: this.tableName,
      Key: summaryKey(companyId),
      ConsistentRead: consistency === 'strong',
    });
    const { Item } = await answerOf(() => this.client.send(request), this.backoff);
    return Item && trackedCompanyOf(Item);
  }

  async findAll(companyIds: readonly CompanyId[]): Promise<readonly TrackedCompany[]> {
    const items = await batchGet(this.client, this.tableName, companyIds.map(summaryKey), this.backoff);
    return items.flatMap((item) => trackedCompanyOf(item) ?? []);
  }

  async follow(tracked: TrackedCompany): Promise<TrackedCompany | undefined> {
    const refusal = await this.#write(tracked, FOLLOWED, { ':present': false });
    return refusal?.found && trackedCompanyOf(refusal.found);
  }

  async overwrite(tracked: TrackedCompany): Promise<boolean> {
    return (await this.#write(tracked, NOT_LATER)) === undefined;
  }

  async forget(tracked: TrackedCompany): Promise<boolean> {
    const attributes = trackedCompanyAttributes(tracked);
    const told = CONTENT.filter((name) => attributes[name] !== undefined);
    const unchanged = CONTENT.map((name) =>
      attributes[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}`,
    ).join(' AND ');
    const asRead = {
      TableName: this.tableName,
      Key: summaryKey(tracked.companyId),
      ExpressionAttributeNames: Object.fromEntries(CONTENT.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(told.map((name) => [`:${name}`, attributes[name]])),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    } as const;
    const refusal = await this.#refusalOf(
      new DeleteCommand({
        ...asRead,
        ConditionExpression: `${unchanged} AND attribute_not_exists(documentTotals)`,
      }),
    );
    if (refusal === undefined) return true;
    if (refusal.found?.['documentTotals'] === undefined) return false;
    // What the item says of documents stays.
    const names = Object.keys(attributes).filter((name) => name !== 'companyId' && name !== 'allKey');
    const profileAlone = new UpdateCommand({
      ...asRead,
      ConditionExpression: unchanged,
      UpdateExpression: `REMOVE ${names.map((name) => `#${name}`).join(', ')}`,
      ExpressionAttributeNames: {
        ...asRead.ExpressionAttributeNames,
        ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
      },
    });
    return (await this.#refusalOf(profileAlone)) === undefined;
  }

  async *all(): AsyncGenerator<TrackedCompany> {
    for await (const item of allItems(this.client, this.tableName, ({ sk }) => sk === SUMMARY)) {
      const tracked = trackedCompanyOf(item);
      if (tracked !== undefined) yield tracked;
    }
  }

  /** Writes what the profiles service said, and leaves what others say of the company in the same item. */
  async #write(
    tracked: TrackedCompany,
    condition: string,
    values: Readonly<Record<string, unknown>> = {},
  ): Promise<Refusal | undefined> {
    const attributes = trackedCompanyAttributes(tracked);
    const names = Object.keys(attributes);
    const gone = OPTIONAL_ATTRIBUTES.filter((name) => attributes[name] === undefined);
    const request = new UpdateCommand({
      TableName: this.tableName,
      Key: summaryKey(tracked.companyId),
      UpdateExpression:
        `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}` +
        (gone.length === 0 ? '' : ` REMOVE ${gone.join(', ')}`),
      ConditionExpression: condition,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`:${name}`, value])),
        ...values,
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    return this.#refusalOf(request);
  }

  /** Undefined where it was written. */
  async #refusalOf(request: UpdateCommand | DeleteCommand): Promise<Refusal | undefined> {
    try {
      await answerOf(
        () => (request instanceof UpdateCommand ? this.client.send(request) : this.client.send(request)),
        this.backoff,
      );
      return undefined;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return refusal;
    }
  }
}
