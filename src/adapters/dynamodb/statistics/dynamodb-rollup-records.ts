import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { StoredSeries } from '../../../application/statistics/ports/observations.ts';
import type {
  KnownCompany,
  RollupRecords,
  RollupRestoration,
} from '../../../application/statistics/ports/rollup-records.ts';
import { companyIdOf, type CompanyId } from '../../../domain/shared/company-id.ts';
import type { Backoff } from '../../../domain/shared/time.ts';
import type { Figures } from '../../../domain/statistics/figures.ts';
import type { Observation } from '../../../domain/statistics/observation.ts';
import type { YearRollup } from '../../../domain/statistics/rollup.ts';
import { seriesKey, type Series } from '../../../domain/statistics/series.ts';
import { fullJitter } from '../../system/full-jitter.ts';
import { allEntries } from '../all-items.ts';
import type { Item } from '../errors.ts';
import { companyIdIn, companyPk, key, partsOf } from '../keys.ts';
import { query } from '../query.ts';
import { writeAll, type Write } from '../write-all.ts';
import { observationOf } from './observation-item.ts';
import { seriesItem, seriesOf } from './series-item.ts';
import { SERIES_PREFIX, seriesKeyOf } from './statistics-keys.ts';
import { yearItem, yearKey, yearOf } from './year-item.ts';

export class DynamoDbRollupRecords implements RollupRecords {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly backoff: Backoff = fullJitter,
  ) {}

  async *companies(): AsyncGenerator<KnownCompany> {
    let current: { companyId: CompanyId; series: Series[] } | undefined;
    // The entries of one company stand in one shard, beside each other.
    for await (const { pk, sk } of allEntries(this.client, this.tableName)) {
      const companyId = companyIdOf(companyIdIn(pk));
      if (current?.companyId !== companyId) {
        if (current) yield current;
        current = { companyId, series: [] };
      }
      if (sk.startsWith(SERIES_PREFIX)) current.series.push(seriesIn(sk.slice(SERIES_PREFIX.length)));
    }
    if (current) yield current;
  }

  async rollups(companyId: CompanyId): Promise<readonly StoredSeries[]> {
    const stored = new Map<string, StoredRollups>();
    // The years of all series come after all series: none is older than its series.
    const found = query(this.client, {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk AND sk >= :first',
      ExpressionAttributeValues: { ':pk': companyPk(companyId), ':first': SERIES_PREFIX },
      ConsistentRead: true,
    });
    for await (const item of found) addTo(stored, item);
    return [...stored.values()];
  }

  async *observations(companyId: CompanyId): AsyncGenerator<Observation> {
    const found = query(this.client, {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': companyPk(companyId), ':prefix': key('OBSERVATION', '') },
      ConsistentRead: true,
    });
    for await (const item of found) yield observationOf(item);
  }

  async restore(companyId: CompanyId, restoration: RollupRestoration): Promise<boolean> {
    const { series, years } = restoration;
    const writes = [...years].map(([year, rollup]): Write => {
      const TableName = this.tableName;
      return rollup
        ? { Put: { TableName, Item: { ...yearItem(companyId, series, year, rollup) } } }
        : { Delete: { TableName, Key: { ...yearKey(companyId, series, year) } } };
    });
    const refusals = await writeAll(
      this.client,
      [this.#seriesWrite(companyId, restoration), ...writes],
      this.backoff,
    );
    return refusals === undefined;
  }

  #seriesWrite(companyId: CompanyId, { series, revisionBefore, figures }: RollupRestoration): Write {
    const TableName = this.tableName;
    const Key = { ...seriesKeyOf(companyId, series) };
    const condition =
      revisionBefore === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :revision',
            ExpressionAttributeValues: { ':revision': revisionBefore },
          };
    if (figures === undefined) return { Delete: { TableName, Key, ...condition } };
    const written = { revision: revisionBefore + 1, writeToken: randomUUID() };
    return { Put: { TableName, Item: { ...seriesItem(companyId, series, figures, written) }, ...condition } };
  }
}

interface StoredRollups extends StoredSeries {
  readonly series: Series;
  readonly revision: number;
  readonly figures?: Figures;
  readonly years: Map<string, YearRollup>;
}

function addTo(stored: Map<string, StoredRollups>, item: Item): void {
  const sk = String(item['sk']);
  if (sk.startsWith(SERIES_PREFIX)) {
    const one = seriesOf(item);
    stored.set(seriesKey(one.series), { ...one, years: new Map() });
    return;
  }
  const [kind, ...parts] = partsOf(sk);
  if (kind !== 'YEAR') return;
  const [metric = '', unit = ''] = parts;
  const series = { metric, unit };
  const one = stored.get(seriesKey(series)) ?? { series, revision: 0, years: new Map<string, YearRollup>() };
  const { year, rollup } = yearOf(item);
  one.years.set(year, rollup);
  stored.set(seriesKey(series), one);
}

function seriesIn(key: string): Series {
  const [metric = '', unit = ''] = partsOf(key);
  return { metric, unit };
}
