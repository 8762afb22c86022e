import { randomUUID } from 'node:crypto';
import {
  GetCommand,
  TransactGetCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type PutCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type {
  CompanyRepository,
  IdempotentRequest,
  WriteContext,
} from '../../../application/profiles/ports/company-repository.ts';
import { isRemoved, type Company } from '../../../domain/profiles/company.ts';
import {
  IdempotencyKeyExpired,
  IdempotencyKeyReused,
  IdentifierTaken,
  ProfileVersionConflict,
} from '../../../domain/profiles/errors.ts';
import { isSameIdentifier, type Identifier } from '../../../domain/shared/identifier.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { batchGet } from '../batch-get.ts';
import { answerOf, refusalOf, type Refusal } from '../errors.ts';
import { fullJitter } from '../../system/full-jitter.ts';
import type { Backoff } from '../../../domain/shared/time.ts';
import type { ItemKey } from '../keys.ts';
import { writeAll, type Write } from '../write-all.ts';
import { companyItem, companyKey, companyOf, storedAttributes, type CompanyItem } from './company-item.ts';
import { CountryPartitions } from './country-partitions.ts';
import { identifierKey, type IdentifierItem } from './identifier-item.ts';
import { requestItem, type RequestItem } from './request-item.ts';

export interface WriteSources {
  /** Unique to a write, so that one whose answer was lost recognises itself when it is sent again. */
  readonly writeToken?: () => string;
  readonly nowMs?: () => number;
  readonly backoff?: Backoff;
}

export class DynamoDbCompanyRepository implements CompanyRepository {
  readonly #countries: CountryPartitions;
  readonly #writeToken: () => string;
  readonly #nowMs: () => number;
  readonly #backoff: Backoff;

  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    { writeToken = randomUUID, nowMs = Date.now, backoff = fullJitter }: WriteSources = {},
  ) {
    this.#countries = new CountryPartitions(client, tableName);
    this.#writeToken = writeToken;
    this.#nowMs = nowMs;
    this.#backoff = backoff;
  }

  async find(companyId: CompanyId, consistency: 'eventual' | 'strong'): Promise<Company | undefined> {
    const request = new GetCommand({
      TableName: this.tableName,
      Key: companyKey(companyId),
      ConsistentRead: consistency === 'strong',
    });
    const { Item } = await answerOf(() => this.client.send(request), this.#backoff);
    return Item && companyOf(Item);
  }

  async findAll(companyIds: readonly CompanyId[]): Promise<readonly Company[]> {
    const keys = [...new Set(companyIds)].map(companyKey);
    return (await batchGet(this.client, this.tableName, keys, this.#backoff)).map(companyOf);
  }

  async add(
    company: Company,
    context: WriteContext & { readonly request?: IdempotentRequest },
  ): Promise<Company> {
    await this.#countries.ensure(company.countryCode);
    return this.#add(company, context);
  }

  async #add(
    company: Company,
    context: WriteContext & { readonly request?: IdempotentRequest },
    orphans: readonly IdentifierItem[] = [],
  ): Promise<Company> {
    const { requestId, request } = context;
    const { companyId, identifiers } = company;
    const writeToken = this.#writeToken();
    const refusals = await this.#write([
      this.#put(companyItem(company, { writeToken, requestId }), {
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
      ...identifiers.map((identifier) => this.#claim(identifier, company, orphans)),
      ...(request ? [this.#remember(request, company)] : []),
    ]);
    if (refusals === undefined) return company;

    const found = foundBy<CompanyItem>(refusals[0]);
    if (found?.writeToken === writeToken) return company;
    if (request) {
      const earlier = foundBy<RequestItem>(refusals.at(-1));
      if (earlier && earlier.digest !== request.digest) throw new IdempotencyKeyReused(request.key);
      if (earlier) return companyOf({ ...earlier.answer });
      if (found) throw new IdempotencyKeyExpired(request.key, companyId);
    }
    if (found) throw new ProfileVersionConflict(companyId, 0, found.version);
    return this.#add(company, context, await this.#orphansAmong(identifiers, refusals.slice(1)));
  }

  async replace(before: Company, after: Company, context: WriteContext): Promise<void> {
    return this.#replace(before, after, context);
  }

  async #replace(
    before: Company,
    after: Company,
    context: WriteContext,
    orphans: readonly IdentifierItem[] = [],
  ): Promise<void> {
    if (after.countryCode !== before.countryCode) await this.#countries.ensure(after.countryCode);
    const { companyId, version } = before;
    const claimed = without(after.identifiers, before.identifiers);
    const released = without(before.identifiers, after.identifiers);
    const writeToken = this.#writeToken();
    const refusals = await this.#write([
      this.#put(companyItem(after, { writeToken, requestId: context.requestId }), {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version },
      }),
      ...claimed.map((identifier) => this.#claim(identifier, after, orphans)),
      ...released.map((identifier) => this.#release(identifier, companyId)),
    ]);
    if (refusals === undefined) return;

    const found = foundBy<CompanyItem>(refusals[0]);
    if (found?.writeToken === writeToken) return;
    if (refusals[0]) throw new ProfileVersionConflict(companyId, version, found?.version);
    const lost = released.filter((_, index) => refusals[1 + claimed.length + index]);
    // What another company holds by now is not this one's to release: the rest of the change is tried again.
    if (lost.length > 0)
      return this.replace({ ...before, identifiers: without(before.identifiers, lost) }, after, context);
    return this.#replace(before, after, context, await this.#orphansAmong(claimed, refusals.slice(1)));
  }

  async rewrite(company: Company): Promise<boolean> {
    const attributes = [...storedAttributes(company)];
    const [there, gone] = [
      attributes.filter(([, value]) => value !== undefined),
      attributes.filter(([, value]) => value === undefined),
    ];
    const request = new UpdateCommand({
      TableName: this.tableName,
      Key: companyKey(company.companyId),
      UpdateExpression:
        `SET ${there.map(([name]) => `#${name} = :${name}`).join(', ')}` +
        (gone.length === 0 ? '' : ` REMOVE ${gone.map(([name]) => `#${name}`).join(', ')}`),
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(there.map(([name, value]) => [`:${name}`, value])),
    });
    try {
      await answerOf(() => this.client.send(request), this.#backoff);
      return true;
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      return false;
    }
  }

  /**
   * Claims that stand in the way and are nobody's: a restored backup may have them without the company that they were
   * written with.
   *
   * @throws IdentifierTaken where one is a company's
   */
  async #orphansAmong(
    identifiers: readonly Identifier[],
    refusals: readonly (Refusal | undefined)[],
  ): Promise<readonly IdentifierItem[]> {
    const orphans: IdentifierItem[] = [];
    for (const [index, identifier] of identifiers.entries()) {
      const claim = foundBy<IdentifierItem>(refusals[index]);
      if (claim === undefined) continue;
      const holder = await this.#asWrittenWithClaims(claim.companyId);
      const bears = holder?.identifiers.some((one) => isSameIdentifier(one, identifier)) ?? false;
      if (holder && bears && !isRemoved(holder)) throw new IdentifierTaken(identifier, claim.companyId);
      orphans.push(claim);
    }
    if (orphans.length === 0) throw new Error('A transaction was refused by none of its conditions.');
    return orphans;
  }

  /** Unlike a plain read, one in a transaction never sees the claims of a write and not yet its company. */
  async #asWrittenWithClaims(companyId: CompanyId): Promise<Company | undefined> {
    const request = new TransactGetCommand({
      TransactItems: [{ Get: { TableName: this.tableName, Key: companyKey(companyId) } }],
    });
    const { Responses = [] } = await answerOf(() => this.client.send(request), this.#backoff);
    const item = Responses[0]?.Item;
    return item && companyOf(item);
  }

  #write(writes: readonly Write[]): Promise<readonly (Refusal | undefined)[] | undefined> {
    return writeAll(this.client, writes, this.#backoff);
  }

  #put(item: ItemKey, condition: Condition): Write {
    return {
      Put: {
        TableName: this.tableName,
        Item: { ...item },
        ...condition,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    };
  }

  #claim(
    identifier: Identifier,
    { companyId, updatedAt }: Company,
    orphans: readonly IdentifierItem[],
  ): Write {
    const claim: IdentifierItem = {
      ...identifierKey(identifier, companyId),
      companyId,
      claimedAt: updatedAt,
    };
    const orphan = orphans.find(({ pk, sk }) => pk === claim.pk && sk === claim.sk);
    return this.#put(claim, orphan ? stillOrphaned(orphan) : ownOrAbsent(companyId));
  }

  #release(identifier: Identifier, companyId: CompanyId): Write {
    return {
      Delete: {
        TableName: this.tableName,
        Key: identifierKey(identifier, companyId),
        ...ownOrAbsent(companyId),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    };
  }

  #remember(request: IdempotentRequest, answer: Company): Write {
    const nowS = Math.floor(this.#nowMs() / 1000);
    return this.#put(requestItem(request, answer, nowS), {
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
      ExpressionAttributeValues: { ':now': nowS },
    });
  }
}

type Condition = Pick<
  PutCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** Always true of a shared identifier, whose place is the company's own. */
function ownOrAbsent(companyId: CompanyId): Condition {
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR companyId = :companyId',
    ExpressionAttributeValues: { ':companyId': companyId },
  };
}

/** Whoever holds it claims it again by a claim of another time. */
function stillOrphaned({ companyId, claimedAt }: IdentifierItem): Condition {
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR (companyId = :companyId AND claimedAt = :claimedAt)',
    ExpressionAttributeValues: { ':companyId': companyId, ':claimedAt': claimedAt },
  };
}

function foundBy<Found extends ItemKey>(refusal: Refusal | undefined): Found | undefined {
  return refusal?.found as Found | undefined;
}

function without(identifiers: readonly Identifier[], others: readonly Identifier[]): Identifier[] {
  return identifiers.filter((identifier) => !others.some((other) => isSameIdentifier(identifier, other)));
}
