import type {
  MembershipChange,
  StandingChange,
  StoredMembership,
  StoredStanding,
} from '../../../application/statistics/ports/boards.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { ZERO, type Decimal } from '../../../domain/shared/decimal.ts';
import { isSame } from '../../../domain/shared/equality.ts';
import { isSameIdentifier } from '../../../domain/shared/identifier.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import { isSameGroup, type Group } from '../../../domain/statistics/group.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { Standing } from '../../../domain/statistics/standing.ts';
import type { Item } from '../errors.ts';
import type { ItemKey } from '../keys.ts';
import type { Write } from '../write-all.ts';
import { shardOf } from './aggregate-item.ts';
import type { BearerAttributes } from './bearer-item.ts';
import { putAtRevision } from './put-at-revision.ts';
import { membershipAttributes, storedMembershipOf } from './membership-item.ts';
import { anchorAttributes, entryAttributes, storedStandingOf } from './standing-item.ts';
import { aggregateKey, bearerKey, boardKey, projectedKey } from './statistics-keys.ts';

/** What a change of boards, or of memberships, means to the table. */
export interface BoardPlan {
  readonly change: StandingChange | MembershipChange;
  /** To items of its own, all or none. The first one is refused where the change is of something that is no longer so. */
  readonly writes: readonly Write[];
  readonly exchanges: readonly Exchange[];
  /** Whether what refused the first write is what it would have written. */
  readonly isDone: (found: Item | undefined) => boolean;
}

/** What a company was to an aggregate, and what it is now; undefined where it was, or is, no part of it. */
export interface Exchange {
  readonly key: ItemKey;
  readonly out: Decimal | undefined;
  readonly into: Decimal | undefined;
}

/** The value by which a company counts in each of its groups. */
interface Counted {
  readonly groups: readonly Group[];
  readonly value: Decimal;
}

/**
 * The anchor is the company's entry among all: it is never deleted, and no two writers change it from one revision. The
 * entries in the boards of groups follow it.
 */
export function planStanding(tableName: string, change: StandingChange): BoardPlan {
  const { before, after } = change;
  const { companyId, series, revision, standing } = before;
  const entryKey = (group: Group): ItemKey => boardKey(group, series, companyId);
  const attributes = anchorAttributes(companyId, revision + 1, after);
  return {
    change,
    writes: [
      putAtRevision(tableName, boardKey(undefined, series, companyId), revision, attributes),
      ...without(standing?.groups, after?.groups, isSameGroup).map((group) =>
        deletion(tableName, entryKey(group)),
      ),
      ...(after?.groups ?? []).map((group) =>
        put(tableName, entryKey(group), entryAttributes(companyId, after!)),
      ),
    ],
    exchanges: exchangesOf(companyId, counted(standing), counted(after), series),
    isDone: (found) => isNext(before, storedStandingOf(before, found), (stored) => stored.standing, after),
  };
}

/** @param at since when the company bears the identifiers that it did not bear before */
export function planMembership(tableName: string, change: MembershipChange, at: Instant): BoardPlan {
  const { before, after } = change;
  const { companyId, revision, membership } = before;
  const claim: BearerAttributes = { companyId, claimedAt: at };
  const inGroups = (groups: readonly Group[] | undefined): Counted | undefined =>
    groups && { groups, value: ZERO };
  return {
    change,
    writes: [
      putAtRevision(tableName, projectedKey(companyId), revision, membershipAttributes(revision + 1, after)),
      ...without(membership?.identifiers, after?.identifiers, isSameIdentifier).map((identifier) =>
        deletion(tableName, bearerKey(identifier, companyId)),
      ),
      ...without(after?.identifiers, membership?.identifiers, isSameIdentifier).map((identifier) =>
        put(tableName, bearerKey(identifier, companyId), claim),
      ),
    ],
    exchanges: exchangesOf(companyId, inGroups(membership?.groups), inGroups(after?.groups)),
    isDone: (found) =>
      isNext(before, storedMembershipOf(companyId, found), (stored) => stored.membership, after),
  };
}

/** A write whose answer was lost, and that was sent again, finds itself. */
function isNext<Stored extends StoredStanding | StoredMembership, Content>(
  before: Stored,
  found: Stored,
  contentOf: (stored: Stored) => Content | undefined,
  after: Content | undefined,
): boolean {
  return found.revision === before.revision + 1 && isSame(contentOf(found), after);
}

function counted(standing: Standing | undefined): Counted | undefined {
  return standing && { groups: standing.groups, value: standing.latest.value };
}

function exchangesOf(
  companyId: CompanyId,
  before: Counted | undefined,
  after: Counted | undefined,
  series?: Series,
): Exchange[] {
  const shard = shardOf(companyId);
  const left = without(before?.groups, after?.groups, isSameGroup);
  return [...left, ...(after?.groups ?? [])].flatMap((group) => {
    const out = valueIn(before, group);
    const into = valueIn(after, group);
    return out === into ? [] : [{ key: aggregateKey(group, shard, series), out, into }];
  });
}

function valueIn(counted: Counted | undefined, group: Group): Decimal | undefined {
  return counted?.groups.some((one) => isSameGroup(one, group)) ? counted.value : undefined;
}

function without<Value>(
  values: readonly Value[] = [],
  others: readonly Value[] = [],
  isEqual: (left: Value, right: Value) => boolean,
): Value[] {
  return values.filter((value) => !others.some((other) => isEqual(value, other)));
}

function put(tableName: string, key: ItemKey, attributes: object): Write {
  return { Put: { TableName: tableName, Item: { ...key, ...attributes } } };
}

function deletion(tableName: string, key: ItemKey): Write {
  return { Delete: { TableName: tableName, Key: { ...key } } };
}
