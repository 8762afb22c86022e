import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  CompanyDirectory,
  CompanyListing,
  CompanyQuery,
} from '../../../application/profiles/ports/company-directory.ts';
import type { Company } from '../../../domain/profiles/company.ts';
import type { Status } from '../../../domain/profiles/company-facts.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import { allItems } from '../all-items.ts';
import { answerOf, type Item } from '../errors.ts';
import {
  companyKey,
  companyOf,
  countryKeyOf,
  foldedNameOf,
  industryKeyOf,
  listingOf,
  nameKeyOf,
} from './company-item.ts';
import { companyIdIn } from '../keys.ts';
import { CountryPartitions } from './country-partitions.ts';

/** What one page may cost, however few of the entries have the status that is asked for. */
const MOST_ENTRIES = 200;
const MOST_QUERIES = 4;
/** Entries that a query reads at least where a status is asked for: few may have it. */
const FILTERED_ENTRIES = 50;

/** A partition of an index, or the part of it whose folded names begin with a prefix. */
interface Partition {
  readonly index: 'by-name' | 'by-country' | 'by-industry';
  readonly attribute: 'nameKey' | 'countryKey' | 'industryKey';
  readonly value: string;
  readonly prefix?: string;
}

/** The entry after which a list goes on; without one, it goes on at the partition's beginning. */
type Position = readonly [partition: string, companyId?: string, foldedName?: string];

export class DynamoDbCompanyDirectory implements CompanyDirectory {
  readonly #countries: CountryPartitions;

  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {
    this.#countries = new CountryPartitions(client, tableName);
  }

  async list(query: CompanyQuery, { limit, after }: PageRequest): Promise<Page<CompanyListing>> {
    const start = after === undefined ? undefined : (JSON.parse(after) as Position);
    const items: CompanyListing[] = [];
    let entries = 0;
    let queries = 0;
    for (const partition of await this.#partitionsOf(query)) {
      if (start && partition.value < start[0]) continue;
      let position: Position | undefined = start?.[0] === partition.value ? start : [partition.value];
      while (position !== undefined) {
        const wanted = limit - items.length;
        const affordable = MOST_ENTRIES - entries;
        if (wanted === 0 || affordable <= 0 || queries === MOST_QUERIES)
          return { items, next: JSON.stringify(position) };
        const most = Math.min(affordable, query.status ? Math.max(wanted, FILTERED_ENTRIES) : wanted);
        const found = await this.#query(partition, position, query.status, most);
        queries++;
        entries += found.entries;
        items.push(...found.items.slice(0, wanted).map(listingOf));
        const last = found.items.length > wanted ? found.items[wanted - 1] : found.last;
        position = last && positionOf(partition, last);
      }
    }
    return { items };
  }

  async *all(): AsyncGenerator<Company> {
    for await (const item of allItems(this.client, this.tableName)) yield companyOf(item);
  }

  /** The partitions that a query goes through, in ascending order. */
  async #partitionsOf(query: CompanyQuery): Promise<readonly Partition[]> {
    switch (query.by) {
      case 'name': {
        const { prefix } = query;
        return [
          { index: 'by-name', attribute: 'nameKey', value: nameKeyOf(prefix), prefix: foldedNameOf(prefix) },
        ];
      }
      case 'country':
        return [countryPartition(query.countryCode)];
      case 'industry':
        return [{ index: 'by-industry', attribute: 'industryKey', value: industryKeyOf(query) }];
      case 'nothing':
        return (await this.#countries.all()).map(countryPartition);
    }
  }

  async #query(
    { index, attribute, value, prefix }: Partition,
    [, companyId, foldedName]: Position,
    status: Status | undefined,
    most: number,
  ): Promise<{ readonly items: readonly Item[]; readonly entries: number; readonly last: Item | undefined }> {
    const request = new QueryCommand({
      TableName: this.tableName,
      IndexName: index,
      KeyConditionExpression: `${attribute} = :value${prefix === undefined ? '' : ' AND begins_with(foldedName, :prefix)'}`,
      ...(status !== undefined && {
        FilterExpression: '#status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
      }),
      ExpressionAttributeValues: { ':value': value, ':prefix': prefix, ':status': status },
      ...(companyId !== undefined && {
        ExclusiveStartKey: { ...companyKey(companyId), [attribute]: value, foldedName },
      }),
      Limit: most,
    });
    const {
      Items = [],
      ScannedCount = 0,
      LastEvaluatedKey,
    } = await answerOf(() => this.client.send(request));
    return { items: Items, entries: ScannedCount, last: LastEvaluatedKey };
  }
}

function countryPartition(countryCode: string): Partition {
  return { index: 'by-country', attribute: 'countryKey', value: countryKeyOf(countryCode) };
}

function positionOf({ value }: Partition, { pk, foldedName }: Item): Position {
  return [value, companyIdIn(String(pk)), String(foldedName)];
}
