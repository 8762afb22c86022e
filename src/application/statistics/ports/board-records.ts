import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Aggregate } from '../../../domain/statistics/aggregate.ts';
import type { ValueAt } from '../../../domain/statistics/figures.ts';
import type { Group } from '../../../domain/statistics/group.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { CompanySeries } from '../../../domain/statistics/standing.ts';
import type { Identifier } from '../../../domain/statistics/tracked-company.ts';
import type { StoredMembership, StoredStanding } from './boards.ts';

/** What the board of a group shows of a company. */
export interface GroupEntry {
  readonly companyName: string | null;
  readonly latest: ValueAt;
  /** Whether it stands at another place than its value says. */
  readonly isOutOfPlace?: true;
}

/** A place on the board of a group. */
export interface GroupPlace extends CompanySeries {
  readonly group: Group;
}

/** Which aggregate: its group is counted in parts, so that not all of its companies write one item. */
export interface AggregateId extends Group {
  /** Absent where companies alone are counted. */
  readonly series?: Series;
  readonly part: number;
}

export interface StoredAggregate extends AggregateId {
  /** Rises with every change; 0 where nothing was ever counted. */
  readonly revision: number;
  readonly aggregate: Aggregate;
}

/** The items of boards one by one, for the one who checks and restores them: no read is behind any write. */
export interface BoardRecords {
  /** What the board of all companies shows, in ascending order of companyId. @throws Unavailable */
  standings(series: Series): AsyncIterable<StoredStanding>;

  /** What the board of a group shows, in ascending order of companyId. @throws Unavailable */
  companiesOn(series: Series, group: Group): AsyncIterable<CompanyId>;

  /** In the order of what is asked for; no two alike. @throws Unavailable */
  entries(wanted: readonly GroupPlace[]): Promise<readonly (GroupEntry | undefined)[]>;

  /** Of each of the identifiers, whether it leads to the company it is asked of, in their order; no two alike. @throws Unavailable */
  lead(wanted: readonly { companyId: CompanyId; identifier: Identifier }[]): Promise<readonly boolean[]>;

  /** Every aggregate of a series, or of companies alone, also those that count nothing. @throws Unavailable */
  aggregates(series: Series | undefined): AsyncIterable<StoredAggregate>;

  /** The part of its groups in which a company is counted. */
  partOf(companyId: CompanyId): number;

  /**
   * Has the boards of groups show what the standing says, and those of `others` nothing, unless the standing has changed
   * since it was read. It touches no aggregate. Answers whether it did.
   *
   * @throws Unavailable
   */
  rewriteEntries(stored: StoredStanding, others: readonly Group[]): Promise<boolean>;

  /**
   * Has the identifiers of a membership lead to the company, and `others` not, unless the membership has changed since
   * it was read. It touches no aggregate. Answers whether it did.
   *
   * @throws Unavailable
   */
  rewriteIdentifiers(stored: StoredMembership, others: readonly Identifier[]): Promise<boolean>;

  /** Sets an aggregate unless it has changed since it was read; answers whether it did. @throws Unavailable */
  restoreAggregate(stored: StoredAggregate, aggregate: Aggregate): Promise<boolean>;
}
