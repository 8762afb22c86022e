import type { Company } from '../../../domain/profiles/company.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Identifier } from '../../../domain/shared/identifier.ts';
import type { Instant } from '../../../domain/shared/time.ts';

/**
 * The claims by which companies are found by their identifiers, one by one: what a restored backup lacks of them, or
 * has too much. Otherwise claims are written with their companies.
 */
export interface IdentifierClaims {
  /**
   * Has an identifier be claimed by a company since `claimedAt`, if the company is still as it was read, and nobody's
   * claim is in the place, nor its own; answers whether it did.
   *
   * @throws Unavailable
   */
  claim(identifier: Identifier, company: Company, claimedAt: Instant): Promise<boolean>;

  /**
   * Takes away the claim that names a company, if the company is still as it was read; answers whether it did.
   *
   * @param company what was read of it; undefined where there was none
   * @throws Unavailable
   */
  release(identifier: Identifier, companyId: CompanyId, company: Company | undefined): Promise<boolean>;
}
