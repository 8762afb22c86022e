import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  BoardRecords,
  GroupEntry,
  GroupPlace,
  StoredAggregate,
} from '../../../application/statistics/ports/board-records.ts';
import type { StoredMembership, StoredStanding } from '../../../application/statistics/ports/boards.ts';
import { companyIdOf, type CompanyId } from '../../../domain/shared/company-id.ts';
import type { Backoff, Clock } from '../../../domain/shared/time.ts';
import type { Aggregate } from '../../../domain/statistics/aggregate.ts';
import { DIMENSIONS, type Group } from '../../../domain/statistics/group.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { Identifier } from '../../../domain/statistics/tracked-company.ts';
import { fullJitter } from '../../system/full-jitter.ts';
import { batchGet } from '../batch-get.ts';
import type { Item } from '../errors.ts';
import { companyIdIn, partsOf, type ItemKey } from '../keys.ts';
import { query } from '../query.ts';
import { writeAll, type Write } from '../write-all.ts';
import { aggregateAttributes, aggregateOf, shardOf } from './aggregate-item.ts';
import type { BearerAttributes } from './bearer-item.ts';
import { textOf } from './pack-plans.ts';
import { putAtRevision } from './put-at-revision.ts';
import { rankKeyOf } from './rank-key.ts';
import { entryAttributes, storedStandingOf, type EntryAttributes } from './standing-item.ts';
import { aggregateKey, aggregatePk, bearerKey, boardKey, boardPk, projectedKey } from './statistics-keys.ts';

export class DynamoDbBoardRecords implements BoardRecords {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly clock: Clock,
    private readonly backoff: Backoff = fullJitter,
  ) {}

  async *standings(series: Series): AsyncGenerator<StoredStanding> {
    for await (const item of this.#itemsOf(boardPk(undefined, series))) {
      yield storedStandingOf({ companyId: companyIn(item), series }, item);
    }
  }

  async *companiesOn(series: Series, group: Group): AsyncGenerator<CompanyId> {
    for await (const item of this.#itemsOf(boardPk(group, series))) yield companyIn(item);
  }

  async entries(wanted: readonly GroupPlace[]): Promise<readonly (GroupEntry | undefined)[]> {
    const items = await this.#itemsAt(
      wanted.map(({ group, series, companyId }) => boardKey(group, series, companyId)),
    );
    return items.map((item, index) => item && entryOf(wanted[index]!.companyId, item));
  }

  async lead(
    wanted: readonly { companyId: CompanyId; identifier: Identifier }[],
  ): Promise<readonly boolean[]> {
    const items = await this.#itemsAt(
      wanted.map(({ companyId, identifier }) => bearerKey(identifier, companyId)),
    );
    return items.map((item) => item !== undefined);
  }

  async *aggregates(series: Series | undefined): AsyncGenerator<StoredAggregate> {
    for (const dimension of DIMENSIONS) {
      for await (const item of this.#itemsOf(aggregatePk(dimension, series))) {
        const [group = '', shard] = partsOf(String(item['sk']));
        const { revision, count, sum } = aggregateOf(item);
        yield {
          dimension,
          group,
          part: Number(shard),
          ...(series && { series }),
          revision,
          aggregate: { count, sum },
        };
      }
    }
  }

  partOf(companyId: CompanyId): number {
    return shardOf(companyId);
  }

  async rewriteEntries(stored: StoredStanding, others: readonly Group[]): Promise<boolean> {
    const { companyId, series, revision, standing } = stored;
    return this.#writeAt(revision, boardKey(undefined, series, companyId), [
      ...(standing?.groups ?? []).map((group) =>
        this.#put(boardKey(group, series, companyId), entryAttributes(companyId, standing!)),
      ),
      ...others.map((group) => this.#deletion(boardKey(group, series, companyId))),
    ]);
  }

  async rewriteIdentifiers(stored: StoredMembership, others: readonly Identifier[]): Promise<boolean> {
    const { companyId, revision, membership } = stored;
    const identifiers = membership?.identifiers ?? [];
    const keys = identifiers.map((identifier) => bearerKey(identifier, companyId));
    const items = await this.#itemsAt(keys);
    const claim: BearerAttributes = { companyId, claimedAt: this.clock.now() };
    return this.#writeAt(revision, projectedKey(companyId), [
      // Those that lead to it do so since when they did.
      ...keys.filter((_, index) => items[index] === undefined).map((key) => this.#put(key, claim)),
      ...others.map((identifier) => this.#deletion(bearerKey(identifier, companyId))),
    ]);
  }

  async restoreAggregate(stored: StoredAggregate, aggregate: Aggregate): Promise<boolean> {
    const { part, series, revision } = stored;
    const attributes = aggregateAttributes({ ...aggregate, revision: revision + 1 });
    const write = putAtRevision(this.tableName, aggregateKey(stored, part, series), revision, attributes);
    return (await writeAll(this.client, [write], this.backoff)) === undefined;
  }

  /** Writes all, if what they follow from is at a revision. */
  async #writeAt(revision: number, key: ItemKey, writes: readonly Write[]): Promise<boolean> {
    if (writes.length === 0) return true;
    const check: Write = {
      ConditionCheck: {
        TableName: this.tableName,
        Key: { ...key },
        ...(revision === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'revision = :revision',
              ExpressionAttributeValues: { ':revision': revision },
            }),
      },
    };
    return (await writeAll(this.client, [check, ...writes], this.backoff)) === undefined;
  }

  #put(key: ItemKey, attributes: object): Write {
    return { Put: { TableName: this.tableName, Item: { ...key, ...attributes } } };
  }

  #deletion(key: ItemKey): Write {
    return { Delete: { TableName: this.tableName, Key: { ...key } } };
  }

  #itemsOf(pk: string): AsyncGenerator<Item> {
    return query(this.client, {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    });
  }

  async #itemsAt(keys: readonly ItemKey[]): Promise<readonly (Item | undefined)[]> {
    const items = await batchGet(this.client, this.tableName, keys, this.backoff);
    const byKey = new Map(items.map((item) => [textOf(item as unknown as ItemKey), item]));
    return keys.map((one) => byKey.get(textOf(one)));
  }
}

function companyIn(item: Item): CompanyId {
  return companyIdOf(companyIdIn(String(item['sk'])));
}

function entryOf(companyId: CompanyId, item: Item): GroupEntry {
  const { companyName, value, observedAt, rankKey } = item as unknown as EntryAttributes;
  const entry = { companyName, latest: { observedAt, value } };
  return rankKey === rankKeyOf(value, companyId) ? entry : { ...entry, isOutOfPlace: true };
}
