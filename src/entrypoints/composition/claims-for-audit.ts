import type { ClaimsOfCompanies, ClaimsWanted } from '../../application/audit/ports/claims-of-companies.ts';
import type { CompanyRepository } from '../../application/profiles/ports/company-repository.ts';
import type { IdentifierIndex } from '../../application/profiles/ports/identifier-index.ts';
import type { ReleaseClaim } from '../../application/profiles/release-claim.ts';
import type { RestoreClaim } from '../../application/profiles/restore-claim.ts';
import type { AuditedClaims } from '../../domain/audit/claim-drift.ts';
import { bears } from '../../domain/profiles/company.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { Identifier } from '../../domain/shared/identifier.ts';

/** Identifiers whose companies are read together. */
const CHUNK = 500;

/** The claims of the profiles service as the audit sees them. */
export class ClaimsForAudit implements ClaimsOfCompanies {
  constructor(
    private readonly companies: Pick<CompanyRepository, 'findAll'>,
    private readonly identifiers: IdentifierIndex,
    private readonly restoreClaim: RestoreClaim,
    private readonly releaseClaim: ReleaseClaim,
  ) {}

  async claimants(identifiers: readonly Identifier[]): Promise<readonly (readonly CompanyId[])[]> {
    return this.identifiers.bearersOf(identifiers);
  }

  async check(wanted: readonly ClaimsWanted[]): Promise<readonly AuditedClaims[]> {
    const checked: AuditedClaims[] = [];
    for (let start = 0; start < wanted.length; start += CHUNK) {
      checked.push(...(await this.#check(wanted.slice(start, start + CHUNK))));
    }
    return checked;
  }

  async restore(companyId: CompanyId, identifier: Identifier): Promise<boolean> {
    return this.restoreClaim.execute(companyId, identifier);
  }

  async release(companyId: CompanyId, identifier: Identifier): Promise<boolean> {
    return this.releaseClaim.execute(companyId, identifier);
  }

  async #check(wanted: readonly ClaimsWanted[]): Promise<AuditedClaims[]> {
    const claimants = await this.claimants(wanted.map(({ identifier }) => identifier));
    const involved = wanted.map(({ companyIds }, index) => [
      ...new Set([...companyIds, ...(claimants[index] ?? [])]),
    ]);
    const found = await this.companies.findAll(involved.flat());
    const companies = new Map(found.map((company) => [company.companyId, company]));
    return wanted.map(({ identifier }, index) => ({
      identifier,
      claimants: claimants[index] ?? [],
      bearers: (involved[index] ?? []).filter((companyId) => {
        const company = companies.get(companyId);
        return company !== undefined && bears(company, identifier);
      }),
    }));
  }
}
