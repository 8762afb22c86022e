import {
  MOST_WRITES,
  writesOf,
  type ObservationChange,
  type Observations,
  type Refused,
  type SeriesChange,
  type SeriesYears,
  type StoredSeries,
} from '../../../application/statistics/ports/observations.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import {
  observationKey,
  type Observation,
  type ObservationId,
  type Report,
} from '../../../domain/statistics/observation.ts';
import { yearOf } from '../../../domain/statistics/observed-at.ts';
import { bucketOf, type Bucket, type YearRollup } from '../../../domain/statistics/rollup.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { InMemorySeriesStore, YearRow } from './in-memory-series-store.ts';
import type { OnChange } from './statistics-change.ts';

export class InMemoryObservations implements Observations {
  /** @param onChange told of every series whose figures change */
  constructor(
    private readonly store: InMemorySeriesStore,
    private readonly onChange: OnChange = () => {},
  ) {}

  async rollups(companyId: CompanyId, wanted: readonly SeriesYears[]): Promise<readonly StoredSeries[]> {
    return wanted.map(({ series, years }) => {
      const row = this.store.findSeries(companyId, series);
      return {
        series,
        revision: row?.revision ?? 0,
        ...(row && { figures: row.figures }),
        years: byYear(years.flatMap((year) => this.store.findYear(companyId, series, year) ?? [])),
      };
    });
  }

  async years(companyId: CompanyId, series: Series): Promise<ReadonlyMap<string, YearRollup>> {
    return byYear(this.store.yearsOf(companyId, series, 'strong'));
  }

  async inBucket(
    companyId: CompanyId,
    series: Series,
    year: string,
    bucket: Bucket,
  ): Promise<readonly Observation[]> {
    return this.store
      .observationsOf(companyId, series, 'strong')
      .filter(({ observedAt }) => yearOf(observedAt) === year && bucketOf(observedAt) === bucket)
      .map(({ revision: _revision, ...observation }) => observation);
  }

  async earlierReports(companyId: CompanyId, id: ObservationId): Promise<readonly Report[]> {
    return this.store
      .earlierOf(companyId, id, 'strong')
      .filter((earlier) => observationKey(earlier) === observationKey(id))
      .map(({ value, reportedAt }) => ({ value, ...(reportedAt !== undefined && { reportedAt }) }));
  }

  async commit(companyId: CompanyId, changes: readonly SeriesChange[]): Promise<Refused | undefined> {
    if (writesOf(changes) > MOST_WRITES) throw new Error(`No commit writes more than ${MOST_WRITES} items.`);
    const refused = this.#refused(companyId, changes);
    if (refused !== undefined) return refused;
    for (const change of changes) this.#apply(companyId, change);
    return undefined;
  }

  #refused(companyId: CompanyId, changes: readonly SeriesChange[]): Refused | undefined {
    const overtaken = changes.filter(
      ({ series, rollup }) =>
        rollup && (this.store.findSeries(companyId, series)?.revision ?? 0) !== rollup.revisionBefore,
    );
    const unexpected = changes
      .flatMap(({ observations }) => observations)
      .map(({ observation, revisionBefore }) => {
        const found = this.store.findObservation(companyId, observation);
        return { found, isExpected: (found?.revision ?? 0) === revisionBefore };
      })
      .filter(({ isExpected }) => !isExpected);
    if (overtaken.length === 0 && unexpected.length === 0) return undefined;
    return { isOvertaken: overtaken.length > 0, found: unexpected.flatMap(({ found }) => found ?? []) };
  }

  #apply(companyId: CompanyId, { series, rollup, observations }: SeriesChange): void {
    for (const change of observations) this.#applyObservation(companyId, change);
    if (rollup === undefined) return;
    const { revisionBefore, figures, years } = rollup;
    for (const [year, one] of years) this.store.setYear(companyId, series, { year, rollup: one });
    this.store.setSeries({ companyId, series, figures, revision: revisionBefore + 1 });
    this.onChange({ companyId, series });
  }

  #applyObservation(companyId: CompanyId, { observation, revisionBefore, earlier }: ObservationChange): void {
    const { metric, unit, observedAt, source } = observation;
    const id = { metric, unit, observedAt, source };
    this.store.setObservation(companyId, { ...observation, revision: revisionBefore + 1 });
    for (const report of earlier.added) this.store.addEarlier(companyId, { ...id, ...report });
    for (const report of earlier.removed) this.store.removeEarlier(companyId, { ...id, ...report });
  }
}

function byYear(rows: readonly YearRow[]): ReadonlyMap<string, YearRollup> {
  return new Map(rows.map(({ year, rollup }) => [year, rollup]));
}
