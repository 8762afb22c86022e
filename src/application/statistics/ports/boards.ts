import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { CompanySeries, Membership, Standing } from '../../../domain/statistics/standing.ts';

export interface StoredStanding extends CompanySeries {
  /** Rises with every change; 0 where nothing was ever projected. */
  readonly revision: number;
  readonly standing?: Standing;
}

export interface StoredMembership {
  readonly companyId: CompanyId;
  /** Rises with every change; 0 where nothing was ever projected. */
  readonly revision: number;
  readonly membership?: Membership;
}

/** What boards and aggregates show of a company in a series, before and after; absent: nothing. */
export interface StandingChange {
  readonly before: StoredStanding;
  readonly after?: Standing;
}

/** What the aggregates count, and which identifiers lead to the company, before and after; absent: nothing. */
export interface MembershipChange {
  readonly before: StoredMembership;
  readonly after?: Membership;
}

export interface BoardChanges {
  readonly standings: readonly StandingChange[];
  readonly memberships: readonly MembershipChange[];
}

/**
 * Boards, aggregates and identifiers, for the one who projects companies and their series on them: no read is behind any
 * write. What is stored of each company and series says what the aggregates contain of it.
 */
export interface Boards {
  /** In the order of what is asked for; no two alike. @throws Unavailable */
  standings(wanted: readonly CompanySeries[]): Promise<readonly StoredStanding[]>;

  /** In the order of what is asked for; no two alike. @throws Unavailable */
  memberships(wanted: readonly CompanyId[]): Promise<readonly StoredMembership[]>;

  /**
   * Makes each change with its entries and all that it means to the aggregates, or not at all. Answers with the changes
   * that were not made, because what is stored has changed since it was read.
   *
   * @throws Unavailable
   */
  commit(changes: BoardChanges): Promise<BoardChanges>;
}
