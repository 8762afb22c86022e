import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import type { Aggregate } from '../../../domain/statistics/aggregate.ts';
import type { ValueAt } from '../../../domain/statistics/figures.ts';
import type { Dimension, Group } from '../../../domain/statistics/group.ts';
import type { Series } from '../../../domain/statistics/series.ts';

export const ORDERS = ['desc', 'asc'] as const;
export type Order = (typeof ORDERS)[number];

export interface Ranking {
  readonly series: Series;
  /** All companies where none is given. */
  readonly group?: Group;
  readonly order: Order;
}

export interface RankedCompany {
  /** The place in the order, from 1. */
  readonly rank: number;
  readonly companyId: CompanyId;
  /** Null while no profile is known. */
  readonly companyName: string | null;
  readonly latest: ValueAt;
}

export interface GroupAggregate {
  readonly group: string;
  readonly companies: number;
  /** Of the companies that have a value in the series; present where a series was asked for. */
  readonly figures?: Aggregate;
}

/** Boards and aggregates, for those who read them. A read may be behind by some writes. */
export interface Rankings {
  /**
   * By latest value; those of one value by companyId, ascending where the order is `asc`, else descending.
   *
   * @throws Unavailable
   */
  ranking(ranking: Ranking, page: PageRequest): Promise<Page<RankedCompany>>;

  /** The groups that have a company, in ascending order. @throws Unavailable */
  aggregates(
    dimension: Dimension,
    series: Series | undefined,
    page: PageRequest,
  ): Promise<Page<GroupAggregate>>;
}
