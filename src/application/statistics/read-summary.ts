import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { PageRequest } from '../../domain/shared/page.ts';
import { CompanyNotTracked, NotYetSynced } from '../../domain/statistics/errors.ts';
import type { SeriesReadings, Summary } from './ports/series-readings.ts';

export class ReadSummary {
  constructor(private readonly readings: SeriesReadings) {}

  /**
   * What is known of a company, with a page of its series.
   *
   * @param atLeastVersion the version of the profile that the caller must see at least
   * @throws CompanyNotTracked, NotYetSynced, Unavailable
   */
  async execute(companyId: CompanyId, page: PageRequest, atLeastVersion?: number): Promise<Summary> {
    const consistency = atLeastVersion === undefined ? 'eventual' : 'strong';
    const summary = await this.readings.summary(companyId, page, consistency);
    const version = summary?.company?.position.version;
    if (atLeastVersion !== undefined && (version === undefined || version < atLeastVersion)) {
      throw new NotYetSynced(companyId, atLeastVersion, version);
    }
    if (summary === undefined || summary.company?.removed === true) throw new CompanyNotTracked(companyId);
    return summary;
  }
}
