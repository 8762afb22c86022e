import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import type { ReplicatedFacts, TrackedCompany } from '../../../domain/statistics/tracked-company.ts';
import type { Item } from '../errors.ts';
import { allKeyOf } from '../keys.ts';

/** What the summary item of a company says of its profile; the item may say more, of other things. */
export interface TrackedCompanyAttributes extends ReplicatedFacts {
  readonly companyId: CompanyId;
  readonly profileEpoch: number;
  readonly profileVersion: number;
  readonly changedAt: Instant;
  readonly syncedAt: Instant;
  readonly lagMs: number;
  readonly removed: boolean;
  readonly requestId?: string;
  readonly allKey: string;
}

/** The attributes that may be absent: a write must take them away. */
export const OPTIONAL_ATTRIBUTES = [
  'industry',
  'requestId',
] as const satisfies (keyof TrackedCompanyAttributes)[];

export function trackedCompanyAttributes(tracked: TrackedCompany): TrackedCompanyAttributes {
  const { facts, position, companyId, requestId } = tracked;
  return {
    companyId,
    companyName: facts.companyName,
    status: facts.status,
    countryCode: facts.countryCode,
    ...(facts.industry && { industry: facts.industry }),
    identifiers: facts.identifiers,
    profileEpoch: position.epoch,
    profileVersion: position.version,
    changedAt: tracked.changedAt,
    syncedAt: tracked.syncedAt,
    lagMs: tracked.lagMs,
    removed: tracked.removed,
    ...(requestId !== undefined && { requestId }),
    allKey: allKeyOf(companyId),
  };
}

/** The tracked company in a summary item; undefined where the profiles service has not yet said anything of it. */
export function trackedCompanyOf(item: Item): TrackedCompany | undefined {
  if (item['profileVersion'] === undefined) return undefined;
  const attributes = item as unknown as TrackedCompanyAttributes;
  const { companyId, companyName, status, countryCode, industry, requestId } = attributes;
  // Version 0.1.0 kept none of them.
  const identifiers = (item['identifiers'] as ReplicatedFacts['identifiers'] | undefined) ?? [];
  return {
    companyId,
    position: { epoch: attributes.profileEpoch, version: attributes.profileVersion },
    facts: { companyName, status, countryCode, ...(industry && { industry }), identifiers },
    removed: attributes.removed,
    changedAt: attributes.changedAt,
    ...(requestId !== undefined && { requestId }),
    syncedAt: attributes.syncedAt,
    lagMs: attributes.lagMs,
  };
}
