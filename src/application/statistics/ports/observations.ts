import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Figures } from '../../../domain/statistics/figures.ts';
import type { Observation, ObservationId, Report } from '../../../domain/statistics/observation.ts';
import type { Bucket, YearRollup } from '../../../domain/statistics/rollup.ts';
import type { Series } from '../../../domain/statistics/series.ts';

/** The rollups of a series of a company as they are stored. */
export interface StoredSeries {
  readonly series: Series;
  /** Rises with every change of the figures; 0 where nothing is stored. */
  readonly revision: number;
  /** All of it; absent where nothing is stored. */
  readonly figures?: Figures;
  /** Of the years that were asked for, those that there are. */
  readonly years: ReadonlyMap<string, YearRollup>;
}

export interface SeriesYears {
  readonly series: Series;
  readonly years: readonly string[];
}

/** An observation as it is stored: the current report of it. */
export interface StoredObservation extends Observation {
  /** Rises with every change, of what was reported before too; from 1. */
  readonly revision: number;
}

/** What becomes of one observation. */
export interface ObservationChange {
  readonly observation: Observation;
  /** The stored one that it replaces; 0 where there must be none. */
  readonly revisionBefore: number;
  /** What was reported before: what is added, and what no longer counts as such. No two of a kind have one value. */
  readonly earlier: { readonly added: readonly Report[]; readonly removed: readonly Report[] };
}

/** What becomes of one series of a company. */
export interface SeriesChange {
  readonly series: Series;
  /** Absent where the figures stay as they are. */
  readonly rollup?: {
    readonly revisionBefore: number;
    readonly figures: Figures;
    /** Those that change. */
    readonly years: ReadonlyMap<string, YearRollup>;
  };
  readonly observations: readonly ObservationChange[];
}

/** Why nothing was written. */
export interface Refused {
  /** Whether the figures of a series have changed since they were read. */
  readonly isOvertaken: boolean;
  /** The observations that are not as expected, as they are. */
  readonly found: readonly StoredObservation[];
}

/** The most items that one commit may write. */
export const MOST_WRITES = 100;

/** Observations and what they come to, for those who write them: no read is behind any write. */
export interface Observations {
  /** In the order of what is asked for. @throws Unavailable */
  rollups(companyId: CompanyId, wanted: readonly SeriesYears[]): Promise<readonly StoredSeries[]>;

  /** Every year of a series. @throws Unavailable */
  years(companyId: CompanyId, series: Series): Promise<ReadonlyMap<string, YearRollup>>;

  /** The observations that one bucket of a year counts. @throws Unavailable */
  inBucket(
    companyId: CompanyId,
    series: Series,
    year: string,
    bucket: Bucket,
  ): Promise<readonly Observation[]>;

  /** What was reported of an observation before. @throws Unavailable */
  earlierReports(companyId: CompanyId, id: ObservationId): Promise<readonly Report[]>;

  /**
   * Writes all of it or nothing: `writesOf` items, at most MOST_WRITES. A commit whose answer was lost and that is sent
   * again finds itself done.
   *
   * @throws Unavailable
   */
  commit(companyId: CompanyId, changes: readonly SeriesChange[]): Promise<Refused | undefined>;
}

/** The items that a commit writes. */
export function writesOf(changes: readonly SeriesChange[]): number {
  return changes.reduce(
    (sum, { rollup, observations }) =>
      sum +
      (rollup ? 1 + rollup.years.size : 0) +
      observations.reduce((all, { earlier }) => all + 1 + earlier.added.length + earlier.removed.length, 0),
    0,
  );
}
