import { change, factsOf, type Company } from '../../domain/profiles/company.ts';
import type { CompanyFacts } from '../../domain/profiles/company-facts.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { Clock } from '../../domain/shared/time.ts';
import { loadAtVersion } from './load-at-version.ts';
import type { CompanyRepository, WriteContext } from './ports/company-repository.ts';

export class ChangeCompany {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives a company the facts that `revise` makes of its current ones. Without effect, nothing is written.
   *
   * @throws CompanyNotFound, ProfileVersionConflict, InvalidInput, IdentifierTaken, and whatever `revise` throws
   */
  async execute(
    companyId: CompanyId,
    expectedVersion: number,
    revise: (current: CompanyFacts) => CompanyFacts,
    context: WriteContext,
  ): Promise<Company> {
    const company = await loadAtVersion(this.companies, companyId, expectedVersion);
    const changed = change(company, revise(factsOf(company)), this.clock.now());
    if (changed !== company) await this.companies.replace(company, changed, context);
    return changed;
  }
}
