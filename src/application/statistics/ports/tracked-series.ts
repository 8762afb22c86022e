import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Figures } from '../../../domain/statistics/figures.ts';
import type { CompanySeries } from '../../../domain/statistics/standing.ts';
import type { Series } from '../../../domain/statistics/series.ts';

/** Which series there are. */
export interface TrackedSeries {
  /** For how long a new series may be missing from those of its metric, in milliseconds. */
  readonly lagMs: number;

  /** All of each series, in the order of what is asked for, not behind any write; no two alike. @throws Unavailable */
  figuresOf(wanted: readonly CompanySeries[]): Promise<readonly (Figures | undefined)[]>;

  /** The series of a company, not behind any write. @throws Unavailable */
  ofCompany(companyId: CompanyId): Promise<readonly Series[]>;

  /**
   * Every series of a metric, in ascending order of companyId, after one of them where it is given. One that was
   * created less than `lagMs` ago may be missing.
   *
   * @throws Unavailable
   */
  ofMetric(metric: string, after?: CompanyId): AsyncIterable<CompanySeries>;
}
