import type { StoredStanding } from '../../../application/statistics/ports/boards.ts';
import type { Decimal } from '../../../domain/shared/decimal.ts';
import type { Group } from '../../../domain/statistics/group.ts';
import type { ObservedAt } from '../../../domain/statistics/observed-at.ts';
import type { CompanySeries, Standing } from '../../../domain/statistics/standing.ts';
import type { Item } from '../errors.ts';
import { rankKeyOf } from './rank-key.ts';

/** What every board shows of a company. */
export interface EntryAttributes {
  readonly companyName: string | null;
  readonly value: Decimal;
  readonly observedAt: ObservedAt;
  readonly rankKey: string;
}

/** The entry among all companies: it says besides what the others, and the aggregates, have of the company. */
export interface AnchorAttributes extends Partial<EntryAttributes> {
  readonly revision: number;
  readonly groups?: readonly Group[];
}

export function entryAttributes(companyId: string, { companyName, latest }: Standing): EntryAttributes {
  const { value, observedAt } = latest;
  return { companyName, value, observedAt, rankKey: rankKeyOf(value, companyId) };
}

/** Of no standing a tombstone, which no index shows: what is old by now finds that there was something since. */
export function anchorAttributes(
  companyId: string,
  revision: number,
  standing: Standing | undefined,
): AnchorAttributes {
  return standing
    ? { ...entryAttributes(companyId, standing), revision, groups: standing.groups }
    : { revision };
}

export function storedStandingOf(
  { companyId, series }: CompanySeries,
  item: Item | undefined,
): StoredStanding {
  const {
    revision = 0,
    companyName = null,
    value,
    observedAt,
    groups = [],
  } = (item ?? {}) as Partial<AnchorAttributes>;
  return {
    companyId,
    series,
    revision,
    ...(value !== undefined &&
      observedAt !== undefined && { standing: { companyName, latest: { observedAt, value }, groups } }),
  };
}
