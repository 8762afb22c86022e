import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  GroupAggregate,
  RankedCompany,
  Ranking,
  Rankings,
} from '../../../application/statistics/ports/rankings.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { DecimalArithmetic } from '../../../domain/shared/decimal.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import { added, NOTHING, type Aggregate } from '../../../domain/statistics/aggregate.ts';
import type { Dimension } from '../../../domain/statistics/group.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import { answerOf, type Item } from '../errors.ts';
import { companyIdIn, partsOf } from '../keys.ts';
import { query } from '../query.ts';
import { AGGREGATE_SHARDS, aggregateOf } from './aggregate-item.ts';
import type { EntryAttributes } from './standing-item.ts';
import { aggregatePk, aggregateSk, boardPk } from './statistics-keys.ts';

/** The entry after which a ranking goes on, and the place that it had. */
type Position = readonly [rank: number, sk: string, rankKey: string];

const FIRST_SHARD = AGGREGATE_SHARDS[0]!;
const LAST_SHARD = AGGREGATE_SHARDS.at(-1)!;

export class DynamoDbRankings implements Rankings {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly arithmetic: DecimalArithmetic,
  ) {}

  async ranking(
    { series, group, order }: Ranking,
    { limit, after }: PageRequest,
  ): Promise<Page<RankedCompany>> {
    const pk = boardPk(group, series);
    const [last, sk, rankKey] = after === undefined ? [0] : (JSON.parse(after) as Position);
    const request = new QueryCommand({
      TableName: this.tableName,
      IndexName: 'by-value',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ScanIndexForward: order === 'asc',
      Limit: limit,
      ...(sk !== undefined && { ExclusiveStartKey: { pk, sk, rankKey } }),
    });
    const { Items = [], LastEvaluatedKey } = await answerOf(() => this.client.send(request));
    return {
      items: Items.map((item, index) => rankedCompanyOf(item, last + index + 1)),
      ...(LastEvaluatedKey && {
        next: JSON.stringify([
          last + Items.length,
          String(LastEvaluatedKey['sk']),
          String(LastEvaluatedKey['rankKey']),
        ] satisfies Position),
      }),
    };
  }

  async aggregates(
    dimension: Dimension,
    series: Series | undefined,
    { limit, after }: PageRequest,
  ): Promise<Page<GroupAggregate>> {
    const { groups, next } = await this.#groups(aggregatePk(dimension), limit, after);
    const items = [...groups]
      .filter(([, { count }]) => count > 0)
      .map(([group, { count }]) => ({ group, companies: count }));
    const page = next === undefined ? {} : { next };
    if (series === undefined) return { items, ...page };
    const figures = await this.#figures(aggregatePk(dimension, series), items);
    return {
      items: items.map((item) => ({ ...item, figures: figures.get(item.group) ?? NOTHING })),
      ...page,
    };
  }

  /** Groups that are counted in a partition, with all of their shards, those of which nothing is left too. */
  async #groups(
    pk: string,
    limit: number,
    after: string | undefined,
  ): Promise<{ readonly groups: ReadonlyMap<string, Aggregate>; readonly next?: string }> {
    const request = new QueryCommand({
      TableName: this.tableName,
      KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: {
        ':pk': pk,
        ...(after !== undefined && { ':after': aggregateSk(after, LAST_SHARD) }),
      },
      // One more than all shards of the groups, so that a group is behind them unless the partition has ended.
      Limit: limit * AGGREGATE_SHARDS.length + 1,
    });
    const { Items = [], LastEvaluatedKey } = await answerOf(() => this.client.send(request));
    const all = [...this.#added(Items)];
    // The last group may have shards that were not read.
    const whole = LastEvaluatedKey === undefined ? all.length : all.length - 1;
    const groups = all.slice(0, Math.min(limit, whole));
    const isEnd = groups.length === all.length;
    const [last] = groups.at(-1) ?? [];
    return { groups: new Map(groups), ...(!isEnd && last !== undefined && { next: last }) };
  }

  /** The aggregates of a page of groups in a series. */
  async #figures(
    pk: string,
    page: readonly { readonly group: string }[],
  ): Promise<ReadonlyMap<string, Aggregate>> {
    const [first, last] = [page[0], page.at(-1)];
    if (first === undefined || last === undefined) return new Map();
    const items: Item[] = [];
    const found = query(this.client, {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: {
        ':pk': pk,
        ':first': aggregateSk(first.group, FIRST_SHARD),
        ':last': aggregateSk(last.group, LAST_SHARD),
      },
    });
    for await (const item of found) items.push(item);
    return this.#added(items);
  }

  /** Shards, one after the other, added to groups. */
  #added(items: readonly Item[]): Map<string, Aggregate> {
    const groups = new Map<string, Aggregate>();
    for (const item of items) {
      const group = groupIn(item);
      groups.set(group, added(groups.get(group) ?? NOTHING, aggregateOf(item), this.arithmetic));
    }
    return groups;
  }
}

function rankedCompanyOf(item: Item, rank: number): RankedCompany {
  const { companyName, value, observedAt } = item as unknown as EntryAttributes;
  const companyId = companyIdIn(String(item['sk'])) as CompanyId;
  return { rank, companyId, companyName, latest: { observedAt, value } };
}

function groupIn({ sk }: Item): string {
  return partsOf(String(sk))[0]!;
}
