import type { CompanyId } from '../shared/company-id.ts';
import type { Instant } from '../shared/time.ts';
import { differenceOf, factsOf, isRemoved, type Company, type Difference } from './company.ts';
import type { CompanyFacts } from './company-facts.ts';

/** One version of a company as it was, and what made it differ from the one before. */
export interface Revision extends Difference {
  readonly companyId: CompanyId;
  readonly version: number;
  readonly revisedAt: Instant;
  readonly requestId?: string;
  readonly facts: CompanyFacts;
  readonly removed: boolean;
  /** Set where the revision was lost and mended from its neighbours: what it says may be incomplete. */
  readonly reconstructed?: true;
}

/** The revision that a write of a company made; `before` is undefined for its first. */
export function revisionOf(before: Company | undefined, after: Company, requestId?: string): Revision {
  return {
    companyId: after.companyId,
    version: after.version,
    revisedAt: after.updatedAt,
    ...(requestId !== undefined && { requestId }),
    ...differenceOf(before, after),
    facts: factsOf(after),
    removed: isRemoved(after),
  };
}
