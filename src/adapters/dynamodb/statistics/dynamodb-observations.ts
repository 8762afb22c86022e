import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  ObservationChange,
  Observations,
  Refused,
  SeriesChange,
  SeriesYears,
  StoredSeries,
} from '../../../application/statistics/ports/observations.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Backoff } from '../../../domain/shared/time.ts';
import type { Observation, ObservationId, Report } from '../../../domain/statistics/observation.ts';
import type { Bucket, YearRollup } from '../../../domain/statistics/rollup.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import { fullJitter } from '../../system/full-jitter.ts';
import { batchGet } from '../batch-get.ts';
import type { Item } from '../errors.ts';
import { companyPk, type ItemKey } from '../keys.ts';
import { query } from '../query.ts';
import { writeAll, type Write } from '../write-all.ts';
import {
  observationItem,
  observationOf,
  reportIn,
  reportItem,
  reportKey,
  storedObservationOf,
} from './observation-item.ts';
import { seriesItem, seriesOf } from './series-item.ts';
import { observationPrefix, reportPrefix, seriesKeyOf, yearSk } from './statistics-keys.ts';
import { yearItem, yearKey, yearOf } from './year-item.ts';

export interface ObservationSources {
  /** Unique to a commit, so that one whose answer was lost recognises itself when it is sent again. */
  readonly writeToken?: () => string;
  readonly backoff?: Backoff;
}

/** A write of a commit. */
interface Planned {
  readonly write: Write;
  /** What its condition guards; of one without a condition nothing. */
  readonly guards?: 'series' | 'observation';
}

/**
 * The item of a series is the lock of all that is computed from its observations: every change of its figures raises its
 * revision, and is conditional on the revision that it was computed from. The years of the series need no condition.
 */
export class DynamoDbObservations implements Observations {
  readonly #writeToken: () => string;
  readonly #backoff: Backoff;

  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    { writeToken = randomUUID, backoff = fullJitter }: ObservationSources = {},
  ) {
    this.#writeToken = writeToken;
    this.#backoff = backoff;
  }

  async rollups(companyId: CompanyId, wanted: readonly SeriesYears[]): Promise<readonly StoredSeries[]> {
    const seriesItems = await this.#get(wanted.map(({ series }) => seriesKeyOf(companyId, series)));
    const stored = wanted.map((one) => ({
      ...one,
      item: seriesItems.get(seriesKeyOf(companyId, one.series).sk),
    }));
    // Years are read after their series: of a year that is newer than its series a commit is refused, of an older one
    // it would not be. A series that is not stored has none.
    const yearItems = await this.#get(
      stored.flatMap(({ series, years, item }) =>
        item ? years.map((year) => yearKey(companyId, series, year)) : [],
      ),
    );
    return stored.map(({ series, years, item }) => ({
      revision: 0,
      ...(item && seriesOf(item)),
      series,
      years: yearsIn(years.map((year) => yearItems.get(yearSk(series, year)))),
    }));
  }

  async years(companyId: CompanyId, series: Series): Promise<ReadonlyMap<string, YearRollup>> {
    return yearsIn(await this.#startingWith(companyId, yearSk(series, '')));
  }

  async inBucket(
    companyId: CompanyId,
    series: Series,
    year: string,
    bucket: Bucket,
  ): Promise<readonly Observation[]> {
    const prefix =
      bucket === 'year' ? observationPrefix(series, year) : `${observationPrefix(series)}${year}-${bucket}`;
    return (await this.#startingWith(companyId, prefix)).map(observationOf);
  }

  async earlierReports(companyId: CompanyId, id: ObservationId): Promise<readonly Report[]> {
    return (await this.#startingWith(companyId, reportPrefix(id))).map(reportIn);
  }

  async commit(companyId: CompanyId, changes: readonly SeriesChange[]): Promise<Refused | undefined> {
    const writeToken = this.#writeToken();
    const planned = changes.flatMap((change) => this.#writesOf(companyId, change, writeToken));
    const refusals = await writeAll(
      this.client,
      planned.map(({ write }) => write),
      this.#backoff,
    );
    if (refusals === undefined) return undefined;
    // All was written or nothing: one item that bears the token tells of all.
    if (refusals.some((refusal) => refusal?.found?.['writeToken'] === writeToken)) return undefined;
    return {
      isOvertaken: planned.some(({ guards }, index) => guards === 'series' && refusals[index]),
      found: planned.flatMap(({ guards }, index) => {
        const found = guards === 'observation' ? refusals[index]?.found : undefined;
        return found ? [storedObservationOf(found)] : [];
      }),
    };
  }

  #writesOf(companyId: CompanyId, change: SeriesChange, writeToken: string): Planned[] {
    const { series, rollup, observations } = change;
    const writes = observations.flatMap((one) => this.#observationWrites(companyId, one, writeToken));
    if (rollup === undefined) return writes;
    const { revisionBefore, figures, years } = rollup;
    const item = seriesItem(companyId, series, figures, { revision: revisionBefore + 1, writeToken });
    return [
      { guards: 'series', write: this.#guardedPut(item, revisionBefore) },
      ...[...years].map(([year, one]) => ({ write: this.#put(yearItem(companyId, series, year, one)) })),
      ...writes,
    ];
  }

  #observationWrites(
    companyId: CompanyId,
    { observation, revisionBefore, earlier }: ObservationChange,
    writeToken: string,
  ): Planned[] {
    const item = observationItem(companyId, observation, { revision: revisionBefore + 1, writeToken });
    return [
      { guards: 'observation', write: this.#guardedPut(item, revisionBefore) },
      ...earlier.added.map((report) => ({ write: this.#put(reportItem(companyId, observation, report)) })),
      ...earlier.removed.map((report) => ({
        write: { Delete: { TableName: this.tableName, Key: reportKey(companyId, observation, report) } },
      })),
    ];
  }

  #put(item: ItemKey): Write {
    return { Put: { TableName: this.tableName, Item: { ...item } } };
  }

  #guardedPut(item: ItemKey, revisionBefore: number): Write {
    return {
      Put: {
        TableName: this.tableName,
        Item: { ...item },
        ...(revisionBefore === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#revision = :revision',
              ExpressionAttributeNames: { '#revision': 'revision' },
              ExpressionAttributeValues: { ':revision': revisionBefore },
            }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    };
  }

  /** The items at keys of one company, by sort key. */
  async #get(keys: readonly ItemKey[]): Promise<ReadonlyMap<string, Item>> {
    const items = await batchGet(this.client, this.tableName, keys, this.#backoff);
    return new Map(items.map((item) => [String(item['sk']), item]));
  }

  async #startingWith(companyId: CompanyId, prefix: string): Promise<Item[]> {
    const items: Item[] = [];
    const found = query(this.client, {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': companyPk(companyId), ':prefix': prefix },
      ConsistentRead: true,
    });
    for await (const item of found) items.push(item);
    return items;
  }
}

function yearsIn(items: readonly (Item | undefined)[]): ReadonlyMap<string, YearRollup> {
  const years = new Map<string, YearRollup>();
  for (const item of items) {
    if (item === undefined) continue;
    const { year, rollup } = yearOf(item);
    years.set(year, rollup);
  }
  return years;
}
