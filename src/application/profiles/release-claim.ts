import { bears } from '../../domain/profiles/company.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { Identifier } from '../../domain/shared/identifier.ts';
import type { CompanyRepository } from './ports/company-repository.ts';
import type { IdentifierClaims } from './ports/identifier-claims.ts';

export class ReleaseClaim {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly claims: IdentifierClaims,
  ) {}

  /**
   * Takes away a claim that names a company which does not bear the identifier, or is not there; answers whether it
   * did.
   *
   * @throws Unavailable
   */
  async execute(companyId: CompanyId, identifier: Identifier): Promise<boolean> {
    const company = await this.companies.find(companyId, 'strong');
    if (company !== undefined && bears(company, identifier)) return false;
    return this.claims.release(identifier, companyId, company);
  }
}
