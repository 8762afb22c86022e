import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { StoredObservation } from '../../../application/statistics/ports/observations.ts';
import type { Figures } from '../../../domain/statistics/figures.ts';
import { observationKey, type Observation } from '../../../domain/statistics/observation.ts';
import type { YearRollup } from '../../../domain/statistics/rollup.ts';
import { seriesKey, type Series } from '../../../domain/statistics/series.ts';
import { copyOf } from '../copy-of.ts';
import { LaggingLists } from '../lagging-lists.ts';

type Consistency = 'eventual' | 'strong';

export interface SeriesRow {
  readonly companyId: CompanyId;
  readonly series: Series;
  readonly revision: number;
  readonly figures: Figures;
}

export interface YearRow {
  readonly year: string;
  readonly rollup: YearRollup;
}

/** What the adapters of series and observations of one process share, as the real ones share a table. */
export class InMemorySeriesStore {
  readonly #series = new LaggingLists<SeriesRow>();
  readonly #years = new LaggingLists<YearRow>();
  readonly #observations = new LaggingLists<StoredObservation>();
  readonly #earlier = new LaggingLists<Observation>();
  readonly #ever = new Map<CompanyId, Map<string, Series>>();

  /** From now on eventual reads and lists may miss up to this many of the last writes of each kind. */
  lag(writes: number): void {
    for (const lists of this.#all()) lists.lag(writes);
  }

  /** Brings eventual reads and lists up to date once; later writes lag as before. */
  catchUp(): void {
    for (const lists of this.#all()) lists.catchUp();
  }

  findSeries(companyId: CompanyId, series: Series): SeriesRow | undefined {
    return copyOf(this.#series.get(companyId, seriesKey(series), 'strong'));
  }

  seriesOf(companyId: CompanyId, consistency: Consistency): SeriesRow[] {
    return copyOf(this.#series.valuesOf(companyId, consistency));
  }

  /** Of all companies; it may be behind. */
  allSeries(): SeriesRow[] {
    return copyOf(this.#series.replicated());
  }

  /** Those of which anything at all was ever stored. */
  everSeriesOf(companyId: CompanyId): Series[] {
    return copyOf([...(this.#ever.get(companyId)?.values() ?? [])]);
  }

  setSeries(row: SeriesRow): void {
    this.#know(row.companyId, row.series);
    this.#series.set(row.companyId, seriesKey(row.series), copyOf(row));
  }

  removeSeries(companyId: CompanyId, series: Series): void {
    this.#series.delete(companyId, seriesKey(series));
  }

  findYear(companyId: CompanyId, series: Series, year: string): YearRow | undefined {
    return copyOf(this.#years.get(listOf(companyId, series), year, 'strong'));
  }

  yearsOf(companyId: CompanyId, series: Series, consistency: Consistency): YearRow[] {
    return copyOf(this.#years.valuesOf(listOf(companyId, series), consistency));
  }

  removeYear(companyId: CompanyId, series: Series, year: string): void {
    this.#years.delete(listOf(companyId, series), year);
  }

  setYear(companyId: CompanyId, series: Series, row: YearRow): void {
    this.#know(companyId, series);
    this.#years.set(listOf(companyId, series), row.year, copyOf(row));
  }

  findObservation(companyId: CompanyId, observation: Observation): StoredObservation | undefined {
    const list = listOf(companyId, observation);
    return copyOf(this.#observations.get(list, observationKey(observation), 'strong'));
  }

  observationsOf(companyId: CompanyId, series: Series, consistency: Consistency): StoredObservation[] {
    return copyOf(this.#observations.valuesOf(listOf(companyId, series), consistency));
  }

  setObservation(companyId: CompanyId, observation: StoredObservation): void {
    this.#know(companyId, observation);
    const list = listOf(companyId, observation);
    this.#observations.set(list, observationKey(observation), copyOf(observation));
  }

  /** What was reported before. */
  earlierOf(companyId: CompanyId, series: Series, consistency: Consistency): Observation[] {
    return copyOf(this.#earlier.valuesOf(listOf(companyId, series), consistency));
  }

  addEarlier(companyId: CompanyId, observation: Observation): void {
    const list = listOf(companyId, observation);
    this.#earlier.set(list, earlierKey(observation), copyOf(observation));
  }

  removeEarlier(companyId: CompanyId, observation: Observation): void {
    this.#earlier.delete(listOf(companyId, observation), earlierKey(observation));
  }

  #know(companyId: CompanyId, { metric, unit }: Series): void {
    const series = this.#ever.get(companyId) ?? new Map<string, Series>();
    this.#ever.set(companyId, series.set(seriesKey({ metric, unit }), { metric, unit }));
  }

  #all(): Pick<LaggingLists<unknown>, 'lag' | 'catchUp'>[] {
    return [this.#series, this.#years, this.#observations, this.#earlier];
  }
}

function listOf(companyId: CompanyId, series: Series): string {
  return `${companyId} ${seriesKey(series)}`;
}

function earlierKey(observation: Observation): string {
  const { reportedAt = '', value } = observation;
  return `${reportedAt} ${value} ${observationKey(observation)}`;
}
