import { randomUUID } from 'node:crypto';
import { DeleteCommand, GetCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  PendingObservation,
  PendingObservations,
} from '../../../application/statistics/ports/pending-observations.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Backoff } from '../../../domain/shared/time.ts';
import type { Identifier } from '../../../domain/statistics/tracked-company.ts';
import { fullJitter } from '../../system/full-jitter.ts';
import { batchGet } from '../batch-get.ts';
import { answerOf, refusalOf, type Item } from '../errors.ts';
import { query } from '../query.ts';
import { writeAll, type Write } from '../write-all.ts';
import { newestBearer } from './bearer-item.ts';
import { pendingIdentifierOf, pendingOf, type PendingIdentifierAttributes } from './pending-item.ts';
import {
  bearerKey,
  identifierPk,
  pendingIdentifierKey,
  pendingKey,
  PENDING_PK,
  PENDING_PREFIX,
} from './statistics-keys.ts';

/** The most items that DynamoDB writes at once. */
const MOST_ITEMS = 100;

export interface PendingSources {
  /** Unique to a write. */
  readonly token?: () => string;
  readonly backoff?: Backoff;
}

export class DynamoDbPendingObservations implements PendingObservations {
  readonly #token: () => string;
  readonly #backoff: Backoff;

  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    { token = randomUUID, backoff = fullJitter }: PendingSources = {},
  ) {
    this.#token = token;
    this.#backoff = backoff;
  }

  async bearerOf(identifier: Identifier): Promise<CompanyId | undefined> {
    const { pk, sk: company } = bearerKey(identifier, '');
    const bearers: Item[] = [];
    for await (const item of this.#itemsAt(pk, company)) bearers.push(item);
    return newestBearer(bearers);
  }

  async keep(pending: readonly PendingObservation[]): Promise<void> {
    for (const batch of batchesOf(pending)) {
      // In one transaction: an identifier for which something waits is always among those that are listed.
      const writes = batch.flatMap(({ identifier, those }) => [
        this.#list(identifier),
        ...those.map((one) => this.#keep(one)),
      ]);
      await writeAll(this.client, writes, this.#backoff);
    }
  }

  async awaited(identifiers: readonly Identifier[]): Promise<readonly Identifier[]> {
    const keys = identifiers.map(pendingIdentifierKey);
    const items = await batchGet(this.client, this.tableName, keys, this.#backoff);
    return items.map(pendingIdentifierOf);
  }

  async *waitingFor(identifier: Identifier): AsyncGenerator<PendingObservation> {
    for await (const item of this.#itemsAt(identifierPk(identifier), PENDING_PREFIX)) {
      yield pendingOf(identifier, item);
    }
  }

  async remove(pending: readonly PendingObservation[]): Promise<void> {
    for (const batch of batchesOf(pending)) {
      const deletions = batch.flatMap(({ identifier, those }) =>
        those.map(({ observation }) => ({
          Delete: { TableName: this.tableName, Key: { ...pendingKey(identifier, observation) } },
        })),
      );
      await writeAll(this.client, deletions, this.#backoff);
      for (const { identifier } of batch) await this.#unlistIfNothingWaits(identifier);
    }
  }

  async *identifiers(): AsyncGenerator<Identifier> {
    const found = query(this.client, {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': PENDING_PK },
    });
    for await (const item of found) yield pendingIdentifierOf(item);
  }

  /** Items of a partition, as of now, whose sort keys begin so. */
  #itemsAt(pk: string, prefix: string): AsyncGenerator<Item> {
    return query(this.client, {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
      ConsistentRead: true,
    });
  }

  #list({ scheme, value }: Identifier): Write {
    const attributes: PendingIdentifierAttributes = { scheme, value, token: this.#token() };
    return {
      Put: { TableName: this.tableName, Item: { ...pendingIdentifierKey({ scheme, value }), ...attributes } },
    };
  }

  #keep({ identifier, observation, since }: PendingObservation): Write {
    const attributes = Object.entries(observation).filter(([, value]) => value !== undefined);
    return {
      Update: {
        TableName: this.tableName,
        Key: { ...pendingKey(identifier, observation) },
        UpdateExpression:
          `SET ${attributes.map(([name]) => `#${name} = :${name}`).join(', ')}, ` +
          '#since = if_not_exists(#since, :since)',
        ExpressionAttributeNames: {
          ...Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])),
          '#since': 'since',
        },
        ExpressionAttributeValues: {
          ...Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value])),
          ':since': since,
        },
      },
    };
  }

  async #unlistIfNothingWaits(identifier: Identifier): Promise<void> {
    const key = pendingIdentifierKey(identifier);
    // Before what waits is looked for: if something more comes to wait after that, the token is another one.
    const listing = new GetCommand({ TableName: this.tableName, Key: { ...key }, ConsistentRead: true });
    const { Item } = await answerOf(() => this.client.send(listing), this.#backoff);
    if (Item === undefined || (await this.#isAwaited(identifier))) return;
    const { token } = Item as unknown as PendingIdentifierAttributes;
    const unlisting = new DeleteCommand({
      TableName: this.tableName,
      Key: { ...key },
      ConditionExpression: '#token = :token',
      ExpressionAttributeNames: { '#token': 'token' },
      ExpressionAttributeValues: { ':token': token },
    });
    try {
      await answerOf(() => this.client.send(unlisting), this.#backoff);
    } catch (error) {
      // Something more waits, or another one has unlisted it.
      if (refusalOf(error) === undefined) throw error;
    }
  }

  async #isAwaited(identifier: Identifier): Promise<boolean> {
    const request = new QueryCommand({
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': identifierPk(identifier), ':prefix': PENDING_PREFIX },
      ConsistentRead: true,
      Limit: 1,
    });
    const { Items = [] } = await answerOf(() => this.client.send(request), this.#backoff);
    return Items.length > 0;
  }
}

interface Waiting {
  readonly identifier: Identifier;
  readonly those: PendingObservation[];
}

/** What waits, each once, by identifier: as many together as one transaction takes, with an item for each identifier. */
function batchesOf(pending: readonly PendingObservation[]): Waiting[][] {
  const batches: Waiting[][] = [];
  let items = Infinity;
  for (const { identifier, those } of byIdentifier(pending)) {
    let waiting: Waiting | undefined;
    for (const one of those) {
      if (items + (waiting ? 1 : 2) > MOST_ITEMS) {
        batches.push([]);
        waiting = undefined;
        items = 0;
      }
      if (waiting === undefined) {
        waiting = { identifier, those: [] };
        batches.at(-1)!.push(waiting);
        items++;
      }
      waiting.those.push(one);
      items++;
    }
  }
  return batches;
}

function byIdentifier(pending: readonly PendingObservation[]): Waiting[] {
  const waiting = new Map<
    string,
    { readonly identifier: Identifier; readonly those: Map<string, PendingObservation> }
  >();
  for (const one of pending) {
    const { pk, sk } = pendingKey(one.identifier, one.observation);
    const { those } = waiting.get(pk) ?? { those: new Map<string, PendingObservation>() };
    if (!those.has(sk)) those.set(sk, one);
    waiting.set(pk, { identifier: one.identifier, those });
  }
  return [...waiting.values()].map(({ identifier, those }) => ({ identifier, those: [...those.values()] }));
}
