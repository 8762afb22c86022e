import type { AuditedClaims } from '../../../domain/audit/claim-drift.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Identifier } from '../../../domain/shared/identifier.ts';

/** An identifier whose claims are to be looked at, and companies that may bear it. */
export interface ClaimsWanted {
  readonly identifier: Identifier;
  readonly companyIds: readonly CompanyId[];
}

/** By which claims the profiles service finds companies by their identifiers; what a profile says is right. */
export interface ClaimsOfCompanies {
  /** Whom claims name, in the order of the identifiers, not behind any write. @throws Unavailable */
  claimants(identifiers: readonly Identifier[]): Promise<readonly (readonly CompanyId[])[]>;

  /** Also who bears them, among the companies that are given and those that claims name. @throws Unavailable */
  check(wanted: readonly ClaimsWanted[]): Promise<readonly AuditedClaims[]>;

  /**
   * Has a claim name a company that bears the identifier, unless somebody else's is in its place; answers whether it
   * did.
   *
   * @throws Unavailable
   */
  restore(companyId: CompanyId, identifier: Identifier): Promise<boolean>;

  /** Takes away a claim that names a company which does not bear the identifier; answers whether it did. @throws Unavailable */
  release(companyId: CompanyId, identifier: Identifier): Promise<boolean>;
}
