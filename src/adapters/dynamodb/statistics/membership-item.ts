import type { StoredMembership } from '../../../application/statistics/ports/boards.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Membership } from '../../../domain/statistics/standing.ts';
import type { Item } from '../errors.ts';

export interface MembershipAttributes extends Partial<Membership> {
  readonly revision: number;
}

/** Of no membership a tombstone: what is old by now finds that there was something since. */
export function membershipAttributes(
  revision: number,
  membership: Membership | undefined,
): MembershipAttributes {
  if (membership === undefined) return { revision };
  const { companyName, groups, identifiers } = membership;
  return { revision, companyName, groups, identifiers };
}

export function storedMembershipOf(companyId: CompanyId, item: Item | undefined): StoredMembership {
  const {
    revision = 0,
    companyName,
    groups = [],
    identifiers = [],
  } = (item ?? {}) as Partial<MembershipAttributes>;
  return {
    companyId,
    revision,
    ...(companyName !== undefined && { membership: { companyName, groups, identifiers } }),
  };
}
