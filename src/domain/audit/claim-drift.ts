import type { CompanyId } from '../shared/company-id.ts';
import { isExclusive, type Identifier } from '../shared/identifier.ts';

/** The ways in which claims of identifiers may differ from what companies bear. The slugs are part of the interface. */
export const CLAIM_KINDS = ['claim-missing', 'claim-orphaned'] as const;

/** An identifier: whom its claims name, and who bears it. */
export interface AuditedClaims {
  readonly identifier: Identifier;
  readonly claimants: readonly CompanyId[];
  /** Those of the companies in question whose profile has it, which is right by definition. */
  readonly bearers: readonly CompanyId[];
}

/** A claim that is missing, or one too many. */
export interface ClaimDrift {
  readonly kind: (typeof CLAIM_KINDS)[number];
  /** Who bears the identifier; of an orphan, whom it names. */
  readonly companyId: CompanyId;
  readonly identifier: Identifier;
  readonly detail: string;
  /** The same for one that is found again. */
  readonly mark: string;
}

/** Everything in which the claims of an identifier and the profiles disagree. */
export function claimDriftOf(claims: AuditedClaims): ClaimDrift[] {
  const { identifier, claimants, bearers } = claims;
  const found = (kind: ClaimDrift['kind'], companyId: CompanyId, detail: string): ClaimDrift => {
    const mark = JSON.stringify([kind, companyId, identifier.scheme, identifier.value]);
    return { kind, companyId, identifier, detail, mark };
  };
  return [
    ...bearers
      .filter((bearer) => !claimants.includes(bearer))
      .map((bearer) => found('claim-missing', bearer, missingDetail(claims))),
    ...claimants
      .filter((claimant) => !bearers.includes(claimant))
      .map((claimant) => {
        const detail = `the claim of ${textOf(identifier)} names it, and no company of this id bears it`;
        return found('claim-orphaned', claimant, detail);
      }),
  ];
}

function missingDetail({ identifier, claimants, bearers }: AuditedClaims): string {
  const missing = `it bears ${textOf(identifier)}, and no claim says so`;
  const [holder] = isExclusive(identifier.scheme) ? claimants : [];
  if (holder === undefined) return missing;
  return bearers.includes(holder)
    ? `${missing}: ${holder} bears it too, and has the only claim that there may be. It cannot be mended: take the identifier from the one of both that it does not belong to`
    : `${missing}: the only one that there may be names ${holder}`;
}

function textOf({ scheme, value }: Identifier): string {
  return `${scheme} ${JSON.stringify(value)}`;
}
