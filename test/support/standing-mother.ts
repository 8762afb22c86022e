import type {
  BoardChanges,
  Boards,
  MembershipChange,
  StandingChange,
} from '../../src/application/statistics/ports/boards.ts';
import type { Page, PageRequest } from '../../src/domain/shared/page.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import { bigJsArithmetic } from '../../src/adapters/system/big-js-arithmetic.ts';
import type { Group } from '../../src/domain/statistics/group.ts';
import type { ObservedAt } from '../../src/domain/statistics/observed-at.ts';
import type { CompanySeries, Membership, Standing } from '../../src/domain/statistics/standing.ts';
import { companyIdAt } from './company-mother.ts';

export const PRICE = { metric: 'price', unit: 'USD' };

export const US: Group = { dimension: 'country', group: 'US' };
export const GB: Group = { dimension: 'country', group: 'GB' };
export const BANKS: Group = { dimension: 'industry', group: 'gics:4010' };

export function aStanding(value: string, overrides: Partial<Standing> = {}): Standing {
  return {
    companyName: 'Acme',
    latest: { observedAt: '2024-03' as ObservedAt, value: bigJsArithmetic.canonical(value) },
    groups: [US, BANKS],
    ...overrides,
  };
}

export function aMembership(overrides: Partial<Membership> = {}): Membership {
  return { companyName: 'Acme', groups: [US, BANKS], identifiers: [], ...overrides };
}

export function seriesAt(number: number, series = PRICE): CompanySeries {
  return { companyId: companyIdAt(number), series };
}

/** What brings a series of a company from what is stored to another standing, or to none. */
export async function standingChange(
  boards: Boards,
  { companyId, series }: CompanySeries,
  after?: Standing,
): Promise<StandingChange> {
  const [before] = await boards.standings([{ companyId, series }]);
  return { before: before!, ...(after && { after }) };
}

export async function membershipChange(
  boards: Boards,
  companyId: CompanyId,
  after?: Membership,
): Promise<MembershipChange> {
  const [before] = await boards.memberships([companyId]);
  return { before: before!, ...(after && { after }) };
}

export function changesOf(...changes: readonly (StandingChange | MembershipChange)[]): BoardChanges {
  return {
    standings: changes.filter((change): change is StandingChange => 'series' in change.before),
    memberships: changes.filter((change): change is MembershipChange => !('series' in change.before)),
  };
}

export const NONE: BoardChanges = { standings: [], memberships: [] };

/** Brings the series of a company to a standing, or to none. @throws Error where someone else has come between */
export async function stand(boards: Boards, series: CompanySeries, after?: Standing): Promise<void> {
  await accepted(boards, changesOf(await standingChange(boards, series, after)));
}

/** Brings a company to a membership, or to none. @throws Error where someone else has come between */
export async function belong(boards: Boards, companyId: CompanyId, after?: Membership): Promise<void> {
  await accepted(boards, changesOf(await membershipChange(boards, companyId, after)));
}

async function accepted(boards: Boards, changes: BoardChanges): Promise<void> {
  const { standings, memberships } = await boards.commit(changes);
  if (standings.length + memberships.length > 0) throw new Error('Someone else has come between.');
}

/** All items of a list, page after page. */
export async function everyItem<Item>(
  list: (page: PageRequest) => Promise<Page<Item>>,
  limit = 3,
): Promise<Item[]> {
  const items: Item[] = [];
  for (let after: string | undefined; ;) {
    const page = await list({ limit, ...(after !== undefined && { after }) });
    if (page.items.length > limit) throw new Error('A page holds more than it may.');
    items.push(...page.items);
    after = page.next;
    if (after === undefined) return items;
  }
}
