import { rename, type Company } from '../../domain/profiles/company.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { Clock } from '../../domain/shared/time.ts';
import { loadAtVersion } from './load-at-version.ts';
import type { CompanyRepository, WriteContext } from './ports/company-repository.ts';

export class RenameCompany {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives a company another name; the one that it had goes to its previous names.
   *
   * @throws CompanyNotFound, ProfileVersionConflict, InvalidInput
   */
  async execute(
    companyId: CompanyId,
    expectedVersion: number,
    name: string,
    context: WriteContext,
  ): Promise<Company> {
    const company = await loadAtVersion(this.companies, companyId, expectedVersion);
    const renamed = rename(company, name, this.clock.now());
    if (renamed !== company) await this.companies.replace(company, renamed, context);
    return renamed;
  }
}
