import { remove } from '../../domain/profiles/company.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { Clock } from '../../domain/shared/time.ts';
import { loadAtVersion } from './load-at-version.ts';
import type { CompanyRepository, WriteContext } from './ports/company-repository.ts';

export class RemoveCompany {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Leaves a tombstone in the place of a company and releases its identifiers.
   *
   * @throws CompanyNotFound, ProfileVersionConflict
   */
  async execute(companyId: CompanyId, expectedVersion: number, context: WriteContext): Promise<void> {
    const company = await loadAtVersion(this.companies, companyId, expectedVersion);
    await this.companies.replace(company, remove(company, this.clock.now()), context);
  }
}
