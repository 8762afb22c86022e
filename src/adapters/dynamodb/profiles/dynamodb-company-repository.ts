import { randomUUID } from 'node:crypto';
import { GetCommand, type DynamoDBDocumentClient, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import type {
  CompanyRepository,
  IdempotentRequest,
  WriteContext,
} from '../../../application/profiles/ports/company-repository.ts';
import type { Company } from '../../../domain/profiles/company.ts';
import {
  IdempotencyKeyExpired,
  IdempotencyKeyReused,
  IdentifierTaken,
  ProfileVersionConflict,
} from '../../../domain/profiles/errors.ts';
import { isSameIdentifier, type Identifier } from '../../../domain/shared/identifier.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { batchGet } from '../batch-get.ts';
import { answerOf, type Refusal } from '../errors.ts';
import { fullJitter } from '../../system/full-jitter.ts';
import type { Backoff } from '../../../domain/shared/time.ts';
import type { ItemKey } from '../keys.ts';
import { writeAll, type Write } from '../write-all.ts';
import { companyItem, companyKey, companyOf, type CompanyItem } from './company-item.ts';
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
    { requestId, request }: WriteContext & { readonly request?: IdempotentRequest },
  ): Promise<Company> {
    await this.#countries.ensure(company.countryCode);
    const { companyId, identifiers } = company;
    const writeToken = this.#writeToken();
    const refusals = await this.#write([
      this.#put(companyItem(company, { writeToken, requestId }), {
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
      ...identifiers.map((identifier) => this.#claim(identifier, company)),
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
    throw identifierTaken(identifiers, refusals.slice(1));
  }

  async replace(before: Company, after: Company, context: WriteContext): Promise<void> {
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
      ...claimed.map((identifier) => this.#claim(identifier, after)),
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
    throw identifierTaken(claimed, refusals.slice(1));
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

  #claim(identifier: Identifier, { companyId, updatedAt }: Company): Write {
    const claim: IdentifierItem = {
      ...identifierKey(identifier, companyId),
      companyId,
      claimedAt: updatedAt,
    };
    return this.#put(claim, ownOrAbsent(companyId));
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

function foundBy<Found extends ItemKey>(refusal: Refusal | undefined): Found | undefined {
  return refusal?.found as Found | undefined;
}

function identifierTaken(
  identifiers: readonly Identifier[],
  refusals: readonly (Refusal | undefined)[],
): Error {
  for (const [index, identifier] of identifiers.entries()) {
    const holder = foundBy<IdentifierItem>(refusals[index]);
    if (holder) return new IdentifierTaken(identifier, holder.companyId);
  }
  return new Error('A transaction was refused by none of its conditions.');
}

function without(identifiers: readonly Identifier[], others: readonly Identifier[]): Identifier[] {
  return identifiers.filter((identifier) => !others.some((other) => isSameIdentifier(identifier, other)));
}
