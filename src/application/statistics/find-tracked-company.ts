import { CompanyNotTracked, NotYetSynced } from '../../domain/statistics/errors.ts';
import type { TrackedCompany } from '../../domain/statistics/tracked-company.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { TrackedCompanies } from './ports/tracked-companies.ts';

export class FindTrackedCompany {
  constructor(private readonly tracked: TrackedCompanies) {}

  /**
   * @param atLeastVersion the version of the profile that the caller must see at least
   * @throws CompanyNotTracked, NotYetSynced
   */
  async execute(companyId: CompanyId, atLeastVersion?: number): Promise<TrackedCompany> {
    const company = await this.tracked.find(companyId, atLeastVersion === undefined ? 'eventual' : 'strong');
    const version = company?.position.version;
    if (atLeastVersion !== undefined && (version === undefined || version < atLeastVersion)) {
      throw new NotYetSynced(companyId, atLeastVersion, version);
    }
    if (company === undefined || company.removed) throw new CompanyNotTracked(companyId);
    return company;
  }
}
