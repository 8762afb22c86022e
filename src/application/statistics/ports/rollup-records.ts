import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Figures } from '../../../domain/statistics/figures.ts';
import type { Observation } from '../../../domain/statistics/observation.ts';
import type { YearRollup } from '../../../domain/statistics/rollup.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { StoredSeries } from './observations.ts';

/** A company of which statistics knows anything at all. */
export interface KnownCompany {
  readonly companyId: CompanyId;
  readonly series: readonly Series[];
}

/** What the rollups of a series are to be. */
export interface RollupRestoration {
  readonly series: Series;
  /** The restoration is made if it is still the stored one; 0 where no series is stored. */
  readonly revisionBefore: number;
  /** Absent where there are no observations: then there is to be no series. */
  readonly figures: Figures | undefined;
  /** Those that are to be written; of an undefined one nothing is to be left. At most MOST_YEARS. */
  readonly years: ReadonlyMap<string, YearRollup | undefined>;
}

/** The most years that one restoration may write. */
export const MOST_YEARS = 90;

/** Rollups and what they are made of, for the one who checks and restores them: no read is behind any write, unless it says so. */
export interface RollupRecords {
  /**
   * Every company that is tracked or has a series, in ascending order of companyId. It may be behind by some writes.
   *
   * @throws Unavailable
   */
  companies(): AsyncIterable<KnownCompany>;

  /**
   * The rollups of a company with all of their years, by metric and unit; also those of which only years are left, at
   * revision 0.
   *
   * @throws Unavailable
   */
  rollups(companyId: CompanyId): Promise<readonly StoredSeries[]>;

  /** Every observation of a company, those of a series together and in ascending order of observedAt. @throws Unavailable */
  observations(companyId: CompanyId): AsyncIterable<Observation>;

  /** Makes all of a restoration or nothing, and answers whether it did. @throws Unavailable */
  restore(companyId: CompanyId, restoration: RollupRestoration): Promise<boolean>;
}
