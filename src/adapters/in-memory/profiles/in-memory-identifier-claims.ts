import type { IdentifierClaims } from '../../../application/profiles/ports/identifier-claims.ts';
import type { Company } from '../../../domain/profiles/company.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { isExclusive, type Identifier } from '../../../domain/shared/identifier.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import type { InMemoryProfiles } from './in-memory-profiles.ts';

export class InMemoryIdentifierClaims implements IdentifierClaims {
  constructor(private readonly profiles: InMemoryProfiles) {}

  async claim(identifier: Identifier, company: Company, claimedAt: Instant): Promise<boolean> {
    const { companyId } = company;
    const claimants = this.profiles.bearersOf(identifier);
    const isFree = isExclusive(identifier.scheme) ? claimants.length === 0 : !claimants.includes(companyId);
    if (!isFree || !this.#isStill(companyId, company)) return false;
    this.profiles.claim(identifier, companyId, claimedAt);
    return true;
  }

  async release(
    identifier: Identifier,
    companyId: CompanyId,
    company: Company | undefined,
  ): Promise<boolean> {
    return this.#isStill(companyId, company) && this.profiles.disclaim(identifier, companyId);
  }

  #isStill(companyId: CompanyId, company: Company | undefined): boolean {
    return this.profiles.find(companyId, 'strong')?.version === company?.version;
  }
}
