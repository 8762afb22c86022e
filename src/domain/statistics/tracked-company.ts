import type { CompanyId } from '../shared/company-id.ts';
import { isSame } from '../shared/equality.ts';
import { millisecondsBetween, type Instant } from '../shared/time.ts';

/** Where a profile stood: the epoch is raised after a restore from backup, whose versions go back. */
export interface ProfilePosition {
  readonly epoch: number;
  readonly version: number;
}

/** No version is later: what an epoch still has to tell changes nothing that is known at this one. */
export const LAST_VERSION = 9_999_999_999;

/** The part of a profile that statistics replicates. */
export interface ReplicatedFacts {
  readonly companyName: string;
  readonly status: string;
  readonly countryCode: string;
  readonly industry?: { readonly scheme: string; readonly code: string; readonly label: string };
  /** By them observations may name the company. */
  readonly identifiers: readonly Identifier[];
}

export interface Identifier {
  readonly scheme: string;
  readonly value: string;
}

/** What the profiles service said of a company at one position. */
export interface ProfileChange {
  readonly companyId: CompanyId;
  readonly position: ProfilePosition;
  readonly facts: ReplicatedFacts;
  readonly removed: boolean;
  readonly changedAt: Instant;
  /** The request that caused it, for the logs of both services. */
  readonly requestId?: string;
}

/** A company as statistics knows it: a replica that says which version it has and since when. */
export interface TrackedCompany extends ProfileChange {
  readonly syncedAt: Instant;
  /** syncedAt − changedAt. */
  readonly lagMs: number;
}

/**
 * What following a change does to a tracked company.
 *
 * - `followed`: the change is newer than what is known, or nothing is known
 * - `duplicate`: it is known already
 * - `stale`: something newer is known
 * - `fork`: the same position with other content, or something after a removal: one of the two is wrong
 */
export type FollowOutcome = 'followed' | 'duplicate' | 'stale' | 'fork';

export function track(change: ProfileChange, at: Instant): TrackedCompany {
  return { ...change, syncedAt: at, lagMs: millisecondsBetween(change.changedAt, at) };
}

/**
 * A tombstone in the place of a company that a restore from a backup has undone: nothing of its epoch brings it back,
 * anything of a later one does.
 */
export function buried(known: TrackedCompany, at: Instant): TrackedCompany {
  const { requestId: _, ...replica } = known;
  const position = { epoch: known.position.epoch, version: LAST_VERSION };
  return track({ ...replica, position, removed: true, changedAt: at }, at);
}

/** What following `change` would do, given what is known. It needs no order of arrival. */
export function follow(known: TrackedCompany | undefined, change: ProfileChange): FollowOutcome {
  if (known === undefined) return 'followed';
  const order = comparePositions(change.position, known.position);
  if (order < 0) return 'stale';
  if (order === 0) return isSameContent(known, change) ? 'duplicate' : 'fork';
  return known.removed && change.position.epoch === known.position.epoch ? 'fork' : 'followed';
}

/** Negative where `left` is the earlier one, 0 where they are equal. */
export function comparePositions(left: ProfilePosition, right: ProfilePosition): number {
  return left.epoch - right.epoch || left.version - right.version;
}

/** Whether two say the same of a profile, whenever and by whatever event they came to know. */
export function isSameContent(left: ProfileChange, right: ProfileChange): boolean {
  return left.removed === right.removed && isSame(left.facts, right.facts);
}
