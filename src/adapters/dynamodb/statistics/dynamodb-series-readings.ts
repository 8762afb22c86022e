import { GetCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  tellsNothing,
  type SeriesReadings,
  type Summary,
  type TimeRange,
} from '../../../application/statistics/ports/series-readings.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import type { Observation } from '../../../domain/statistics/observation.ts';
import type { YearRollup } from '../../../domain/statistics/rollup.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import { answerOf, type Item } from '../errors.ts';
import { companyPk } from '../keys.ts';
import { query } from '../query.ts';
import { storedTotalsOf } from './counted-document-item.ts';
import { observationOf } from './observation-item.ts';
import { seriesOf } from './series-item.ts';
import {
  observationPrefix,
  reportsPrefix,
  SERIES_PREFIX,
  SUMMARY,
  summaryKey,
  yearSk,
} from './statistics-keys.ts';
import { trackedCompanyOf } from './tracked-company-item.ts';
import { yearOf } from './year-item.ts';

type Consistency = 'eventual' | 'strong';

/** Follows every time in a sort key. */
const AFTER_ALL_TIMES = '~';

/** Lists go on after a sort key. */
export class DynamoDbSeriesReadings implements SeriesReadings {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async summary(
    companyId: CompanyId,
    page: PageRequest,
    consistency: Consistency,
  ): Promise<Summary | undefined> {
    return page.after === undefined
      ? this.#firstOfSummary(companyId, page.limit, consistency)
      : this.#moreOfSummary(companyId, page, consistency);
  }

  async *years(
    companyId: CompanyId,
    series: Series,
    from: string,
    to: string,
  ): AsyncGenerator<{ readonly year: string; readonly rollup: YearRollup }> {
    // What DynamoDB calls an error is an empty range.
    if (from > to) return;
    const found = query(this.client, {
      TableName: this.tableName,
      ...between(companyId, yearSk(series, from), yearSk(series, to)),
    });
    for await (const item of found) yield yearOf(item);
  }

  async observations(
    companyId: CompanyId,
    series: Series,
    range: TimeRange,
    page: PageRequest,
  ): Promise<Page<Observation>> {
    return this.#list(companyId, observationPrefix(series), range, page);
  }

  async earlierReports(
    companyId: CompanyId,
    series: Series,
    range: TimeRange,
    page: PageRequest,
  ): Promise<Page<Observation>> {
    return this.#list(companyId, reportsPrefix(series), range, page);
  }

  /** The company's own item comes before those of its series. */
  async #firstOfSummary(
    companyId: CompanyId,
    limit: number,
    consistency: Consistency,
  ): Promise<Summary | undefined> {
    const { items, next } = await this.#query({
      ...startingWith(companyId, SUMMARY),
      ConsistentRead: consistency === 'strong',
      Limit: 1 + limit,
    });
    const own = items.find(({ sk }) => sk === SUMMARY);
    const found = items.filter((item) => item !== own);
    const series = found.slice(0, limit);
    const summary = summaryOf(own, {
      items: series,
      next: found.length > limit ? skOf(series.at(-1)) : next,
    });
    return tellsNothing(summary) ? undefined : summary;
  }

  async #moreOfSummary(
    companyId: CompanyId,
    { limit, after }: PageRequest,
    consistency: Consistency,
  ): Promise<Summary> {
    const ConsistentRead = consistency === 'strong';
    const request = new GetCommand({
      TableName: this.tableName,
      Key: summaryKey(companyId),
      ConsistentRead,
    });
    const [{ Item: own }, page] = await Promise.all([
      answerOf(() => this.client.send(request)),
      this.#query({
        ...startingWith(companyId, SERIES_PREFIX),
        ...startingAfter(companyId, after),
        ConsistentRead,
        Limit: limit,
      }),
    ]);
    return summaryOf(own, page);
  }

  /** Items whose sort keys go on with a time within the range. */
  async #list(
    companyId: CompanyId,
    prefix: string,
    { from = '', to = AFTER_ALL_TIMES }: { readonly from?: string; readonly to?: string },
    { limit, after }: PageRequest,
  ): Promise<Page<Observation>> {
    if (from > to) return { items: [] };
    const { items, next } = await this.#query({
      // No key ends with its time: none is equal to the upper bound.
      ...between(companyId, `${prefix}${from}`, `${prefix}${to}`),
      ...startingAfter(companyId, after),
      Limit: limit,
    });
    return { items: items.map(observationOf), ...(next !== undefined && { next }) };
  }

  async #query(input: Omit<ConstructorParameters<typeof QueryCommand>[0], 'TableName'>): Promise<ItemPage> {
    const request = new QueryCommand({ TableName: this.tableName, ...input });
    const { Items = [], LastEvaluatedKey } = await answerOf(() => this.client.send(request));
    return { items: Items, next: skOf(LastEvaluatedKey) };
  }
}

interface ItemPage {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

function summaryOf(own: Item | undefined, { items, next }: ItemPage): Summary {
  const company = own && trackedCompanyOf(own);
  return {
    items: items.map((item) => {
      const { series, figures } = seriesOf(item);
      return { series, figures };
    }),
    documents: storedTotalsOf(own).totals,
    ...(company && { company }),
    ...(next !== undefined && { next }),
  };
}

function startingWith(companyId: CompanyId, prefix: string) {
  return {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': companyPk(companyId), ':prefix': prefix },
  };
}

function between(companyId: CompanyId, first: string, last: string) {
  return {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':pk': companyPk(companyId), ':first': first, ':last': last },
  };
}

function startingAfter(companyId: CompanyId, sk: string | undefined) {
  return sk === undefined ? {} : { ExclusiveStartKey: { pk: companyPk(companyId), sk } };
}

function skOf(item: Item | undefined): string | undefined {
  return item && String(item['sk']);
}
