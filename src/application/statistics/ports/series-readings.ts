import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import type { DocumentTotals } from '../../../domain/statistics/document-totals.ts';
import type { Figures } from '../../../domain/statistics/figures.ts';
import type { Observation } from '../../../domain/statistics/observation.ts';
import type { ObservedAt } from '../../../domain/statistics/observed-at.ts';
import type { YearRollup } from '../../../domain/statistics/rollup.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { TrackedCompany } from '../../../domain/statistics/tracked-company.ts';

export interface SeriesFigures {
  readonly series: Series;
  readonly figures: Figures;
}

/** A page of what is known of a company. */
export interface Summary extends Page<SeriesFigures> {
  /** Absent while no profile is known. */
  readonly company?: TrackedCompany;
  readonly documents: DocumentTotals;
}

/** Whether nothing is known of a company: documents that are there no more are nothing. */
export function tellsNothing({ company, documents, items, next }: Summary): boolean {
  return company === undefined && documents.count === 0 && items.length === 0 && next === undefined;
}

/** Of times, or of what begins at them: from inclusive, to exclusive, each absent where it has no end. */
export interface TimeRange {
  /** In the coarsest spelling (`beginningOf`). */
  readonly from?: ObservedAt;
  readonly to?: ObservedAt;
}

/** Observations and what they come to, for those who read them. A read may be behind by some writes, unless it is `strong`. */
export interface SeriesReadings {
  /** The company, what its documents come to and its series, by metric and unit; undefined where nothing at all is known. @throws Unavailable */
  summary(
    companyId: CompanyId,
    page: PageRequest,
    consistency: 'eventual' | 'strong',
  ): Promise<Summary | undefined>;

  /** The years of a series from one to another, both inclusive, in ascending order, as they are asked for. @throws Unavailable */
  years(
    companyId: CompanyId,
    series: Series,
    from: string,
    to: string,
  ): AsyncIterable<{ readonly year: string; readonly rollup: YearRollup }>;

  /** The observations of a series, by time and source. @throws Unavailable */
  observations(
    companyId: CompanyId,
    series: Series,
    range: TimeRange,
    page: PageRequest,
  ): Promise<Page<Observation>>;

  /** What was reported of a series before, by time of observation, source and time of the report. @throws Unavailable */
  earlierReports(
    companyId: CompanyId,
    series: Series,
    range: TimeRange,
    page: PageRequest,
  ): Promise<Page<Observation>>;
}
