import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import {
  aggregateAttributes,
  aggregateOf,
  shardOf,
} from '../../src/adapters/dynamodb/statistics/aggregate-item.ts';
import {
  membershipAttributes,
  storedMembershipOf,
} from '../../src/adapters/dynamodb/statistics/membership-item.ts';
import {
  anchorAttributes,
  entryAttributes,
  storedStandingOf,
} from '../../src/adapters/dynamodb/statistics/standing-item.ts';
import {
  aggregateKey,
  bearerKey,
  boardKey,
  projectedKey,
  seriesKeyOf,
} from '../../src/adapters/dynamodb/statistics/statistics-keys.ts';
import { yearItem, yearKey } from '../../src/adapters/dynamodb/statistics/year-item.ts';
import type { ItemKey } from '../../src/adapters/dynamodb/keys.ts';
import type { InMemoryStatistics } from '../../src/adapters/in-memory/statistics/in-memory-statistics.ts';
import type {
  BoardRecords,
  GroupEntry,
  StoredAggregate,
} from '../../src/application/statistics/ports/board-records.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import type { Aggregate } from '../../src/domain/statistics/aggregate.ts';
import type { Figures } from '../../src/domain/statistics/figures.ts';
import type { Group } from '../../src/domain/statistics/group.ts';
import type { YearRollup } from '../../src/domain/statistics/rollup.ts';
import { seriesKey, type Series } from '../../src/domain/statistics/series.ts';
import type { CompanySeries, Membership, Standing } from '../../src/domain/statistics/standing.ts';
import type { Identifier } from '../../src/domain/statistics/tracked-company.ts';

/** Edits what the statistics service has computed, as nobody should; what is undefined is taken away. */
export interface FigureFaults {
  series(of: CompanySeries, figures: Figures | undefined): Promise<void>;
  year(of: CompanySeries, year: string, rollup: YearRollup | undefined): Promise<void>;
  /** On the board of all companies alone. */
  standing(of: CompanySeries, standing: Standing | undefined): Promise<void>;
  entry(of: CompanySeries, group: Group, entry: GroupEntry | undefined): Promise<void>;
  /** The part in which a company is counted. */
  aggregate(
    companyId: CompanyId,
    group: Group,
    series: Series | undefined,
    aggregate: Aggregate | undefined,
  ): Promise<void>;
  membership(companyId: CompanyId, membership: Membership | undefined): Promise<void>;
  bearer(companyId: CompanyId, identifier: Identifier, isBearer: boolean): Promise<void>;
}

export class InMemoryFigureFaults implements FigureFaults {
  constructor(
    private readonly statistics: InMemoryStatistics,
    private readonly edited: EditedBoardRecords,
  ) {}

  async series({ companyId, series }: CompanySeries, figures: Figures | undefined): Promise<void> {
    const store = this.statistics.series;
    const revision = store.findSeries(companyId, series)?.revision ?? 1;
    if (figures) store.setSeries({ companyId, series, revision, figures });
    else store.removeSeries(companyId, series);
  }

  async year(
    { companyId, series }: CompanySeries,
    year: string,
    rollup: YearRollup | undefined,
  ): Promise<void> {
    if (rollup) this.statistics.series.setYear(companyId, series, { year, rollup });
    else this.statistics.series.removeYear(companyId, series, year);
  }

  async standing(of: CompanySeries, standing: Standing | undefined): Promise<void> {
    const { companyId, series, revision } = this.statistics.projections.standing(of);
    this.statistics.projections.keepStanding({ companyId, series, revision, ...(standing && { standing }) });
  }

  async entry(of: CompanySeries, group: Group, entry: GroupEntry | undefined): Promise<void> {
    this.edited.editEntry(of, group, entry);
  }

  async aggregate(
    _companyId: CompanyId,
    group: Group,
    series: Series | undefined,
    aggregate: Aggregate | undefined,
  ): Promise<void> {
    this.edited.editAggregate(group, series, aggregate);
  }

  async membership(companyId: CompanyId, membership: Membership | undefined): Promise<void> {
    const { projections } = this.statistics;
    const { revision } = projections.membership(companyId);
    projections.keepMembership(
      { companyId, revision, ...(membership && { membership }) },
      '2026-01-01T00:00:00.000Z',
    );
  }

  async bearer(companyId: CompanyId, identifier: Identifier, isBearer: boolean): Promise<void> {
    this.statistics.projections.setBearer(
      identifier,
      companyId,
      isBearer ? '2026-01-01T00:00:00.000Z' : undefined,
    );
  }
}

/** Board records some of which were edited by hand. */
export class EditedBoardRecords implements BoardRecords {
  readonly #entries = new Map<string, { of: CompanySeries; group: Group; entry: GroupEntry | undefined }>();
  readonly #aggregates = new Map<string, Aggregate | undefined>();

  constructor(private readonly records: BoardRecords) {}

  editEntry(of: CompanySeries, group: Group, entry: GroupEntry | undefined): void {
    this.#entries.set(entryKey(of, group), { of, group, entry });
  }

  editAggregate(group: Group, series: Series | undefined, aggregate: Aggregate | undefined): void {
    this.#aggregates.set(aggregateText(group, series), aggregate);
  }

  standings: BoardRecords['standings'] = (series) => this.records.standings(series);
  lead: BoardRecords['lead'] = (wanted) => this.records.lead(wanted);
  partOf: BoardRecords['partOf'] = (companyId) => this.records.partOf(companyId);
  rewriteIdentifiers: BoardRecords['rewriteIdentifiers'] = (...of) => this.records.rewriteIdentifiers(...of);

  async *companiesOn(series: Series, group: Group): AsyncGenerator<CompanyId> {
    const companies = new Set<CompanyId>();
    for await (const one of this.records.companiesOn(series, group)) companies.add(one);
    for (const { of, group: its, entry } of this.#entries.values()) {
      if (entryKey({ ...of, series }, group) !== entryKey(of, its)) continue;
      if (entry) companies.add(of.companyId);
      else companies.delete(of.companyId);
    }
    yield* [...companies].sort();
  }

  entries: BoardRecords['entries'] = async (wanted) => {
    const stored = await this.records.entries(wanted);
    return wanted.map((one, index) => {
      const edited = this.#entries.get(entryKey(one, one.group));
      return edited ? edited.entry : stored[index];
    });
  };

  async *aggregates(series: Series | undefined): AsyncGenerator<StoredAggregate> {
    for await (const one of this.records.aggregates(series)) {
      const text = aggregateText(one, one.series);
      const edited = this.#aggregates.get(text);
      if (edited) yield { ...one, aggregate: edited };
      else if (!this.#aggregates.has(text)) yield one;
    }
  }

  rewriteEntries: BoardRecords['rewriteEntries'] = async (stored, others) => {
    const isDone = await this.records.rewriteEntries(stored, others);
    for (const group of [...(stored.standing?.groups ?? []), ...others]) {
      if (isDone) this.#entries.delete(entryKey(stored, group));
    }
    return isDone;
  };

  restoreAggregate: BoardRecords['restoreAggregate'] = async (stored, aggregate) => {
    const isEdited = this.#aggregates.delete(aggregateText(stored, stored.series));
    return isEdited || this.records.restoreAggregate(stored, aggregate);
  };
}

function entryKey({ companyId, series }: CompanySeries, { dimension, group }: Group): string {
  return `${companyId} ${seriesKey(series)} ${dimension} ${group}`;
}

function aggregateText({ dimension, group }: Group, series: Series | undefined): string {
  return `${dimension} ${group} ${series ? seriesKey(series) : ''}`;
}

export class DynamoDbFigureFaults implements FigureFaults {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async series({ companyId, series }: CompanySeries, figures: Figures | undefined): Promise<void> {
    const key = seriesKeyOf(companyId, series);
    if (figures === undefined) return this.#delete(key);
    const names = Object.keys(figures) as (keyof Figures)[];
    await this.client.send(
      new UpdateCommand({
        TableName: this.tableName,
        Key: { ...key },
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, figures[name]])),
      }),
    );
  }

  async year(
    { companyId, series }: CompanySeries,
    year: string,
    rollup: YearRollup | undefined,
  ): Promise<void> {
    if (rollup) await this.#put(yearItem(companyId, series, year, rollup));
    else await this.#delete(yearKey(companyId, series, year));
  }

  async standing(of: CompanySeries, standing: Standing | undefined): Promise<void> {
    const key = boardKey(undefined, of.series, of.companyId);
    const { revision } = storedStandingOf(of, await this.#get(key));
    await this.#put({ ...key, ...anchorAttributes(of.companyId, revision, standing) });
  }

  async entry(
    { companyId, series }: CompanySeries,
    group: Group,
    entry: GroupEntry | undefined,
  ): Promise<void> {
    const key = boardKey(group, series, companyId);
    if (entry) await this.#put({ ...key, ...entryAttributes(companyId, { ...entry, groups: [] }) });
    else await this.#delete(key);
  }

  async aggregate(
    companyId: CompanyId,
    group: Group,
    series: Series | undefined,
    aggregate: Aggregate | undefined,
  ): Promise<void> {
    const key = aggregateKey(group, shardOf(companyId), series);
    if (aggregate === undefined) return this.#delete(key);
    const { revision } = aggregateOf((await this.#get(key)) ?? { revision: 1 });
    await this.#put({ ...key, ...aggregateAttributes({ ...aggregate, revision }) });
  }

  async membership(companyId: CompanyId, membership: Membership | undefined): Promise<void> {
    const key = projectedKey(companyId);
    const { revision } = storedMembershipOf(companyId, await this.#get(key));
    await this.#put({ ...key, ...membershipAttributes(revision, membership) });
  }

  async bearer(companyId: CompanyId, identifier: Identifier, isBearer: boolean): Promise<void> {
    const key = bearerKey(identifier, companyId);
    if (isBearer) await this.#put({ ...key, companyId, claimedAt: '2026-01-01T00:00:00.000Z' } as ItemKey);
    else await this.#delete(key);
  }

  async #get(key: ItemKey): Promise<Record<string, unknown> | undefined> {
    const request = new GetCommand({ TableName: this.tableName, Key: { ...key }, ConsistentRead: true });
    return (await this.client.send(request)).Item;
  }

  async #put(item: ItemKey): Promise<void> {
    await this.client.send(new PutCommand({ TableName: this.tableName, Item: { ...item } }));
  }

  async #delete(key: ItemKey): Promise<void> {
    await this.client.send(
      new DeleteCommand({
        TableName: this.tableName,
        Key: { ...key },
        ConditionExpression: 'attribute_exists(pk)',
      }),
    );
  }
}
