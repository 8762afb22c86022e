import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import type { Item } from '../errors.ts';

/** That a company bears an identifier, and since when it is known here. */
export interface BearerAttributes {
  readonly companyId: CompanyId;
  readonly claimedAt: Instant;
}

/** The bearer that came last; of several at one time the one with the greatest companyId. */
export function newestBearer(items: readonly Item[]): CompanyId | undefined {
  let newest: BearerAttributes | undefined;
  for (const item of items) {
    const bearer = item as unknown as BearerAttributes;
    if (newest === undefined || isNewer(bearer, newest)) newest = bearer;
  }
  return newest?.companyId;
}

function isNewer(left: BearerAttributes, right: BearerAttributes): boolean {
  if (left.claimedAt !== right.claimedAt) return left.claimedAt > right.claimedAt;
  return left.companyId > right.companyId;
}
