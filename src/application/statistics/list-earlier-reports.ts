import type { Page, PageRequest } from '../../domain/shared/page.ts';
import type { Observation } from '../../domain/statistics/observation.ts';
import { checkKnown } from './check-known.ts';
import type { SeriesReadings } from './ports/series-readings.ts';
import type { TrackedCompanies } from './ports/tracked-companies.ts';
import type { SeriesQuery } from './read-series.ts';

export class ListEarlierReports {
  constructor(
    private readonly readings: SeriesReadings,
    private readonly tracked: Pick<TrackedCompanies, 'find'>,
  ) {}

  /**
   * What was reported of a series and is not what counts: earlier reports of other values, and those that contradict.
   *
   * @throws CompanyNotTracked, Unavailable
   */
  async execute({ companyId, series, range }: SeriesQuery, page: PageRequest): Promise<Page<Observation>> {
    const [company, reports] = await Promise.all([
      this.tracked.find(companyId, 'eventual'),
      this.readings.earlierReports(companyId, series, range, page),
    ]);
    await checkKnown(companyId, company, reports.items.length > 0, this.readings);
    return reports;
  }
}
