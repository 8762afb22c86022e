import { isSame } from '../../../domain/shared/equality.ts';
import { told, type Difference } from '../../../domain/statistics/difference.ts';
import { isSameGroup, type Group } from '../../../domain/statistics/group.ts';
import { seriesKey } from '../../../domain/statistics/series.ts';
import type { CompanySeries, Standing } from '../../../domain/statistics/standing.ts';
import type { BoardRecords, GroupEntry, GroupPlace } from '../ports/board-records.ts';
import type { Boards, StoredStanding } from '../ports/boards.ts';
import type { CurrentStandings } from './current-standings.ts';

/** A series of a company, wherever boards show it. */
export interface ShownSeries extends CompanySeries {
  /** Groups on whose boards it was seen, beside those in which it is known to be. */
  readonly seenIn: readonly Group[];
}

export interface CheckedEntries {
  readonly stored: StoredStanding;
  /** The groups whose boards must not show it, and may. */
  readonly others: readonly Group[];
  readonly differences: readonly Difference[];
}

/** Compares what every board shows of series with what they are. */
export class CheckEntries {
  constructor(
    private readonly boards: Boards,
    private readonly records: BoardRecords,
    private readonly currentStandings: CurrentStandings,
  ) {}

  /** In the order of what is asked for; no two of one company and series. @throws Unavailable */
  async execute(wanted: readonly ShownSeries[]): Promise<readonly CheckedEntries[]> {
    const stored = await this.boards.standings(wanted);
    const right = await this.currentStandings.of(wanted);
    const places = stored.map((one, index) =>
      distinct([
        ...(one.standing?.groups ?? []),
        ...(right[index]?.groups ?? []),
        ...(wanted[index]?.seenIn ?? []),
      ]).map((group): GroupPlace => ({ companyId: one.companyId, series: one.series, group })),
    );
    const entries = await this.records.entries(places.flat());
    let taken = 0;
    return stored.map((one, index) => {
      const groups = places[index] ?? [];
      const shown = entries.slice(taken, (taken += groups.length));
      return checked(one, right[index], groups, shown);
    });
  }
}

function checked(
  stored: StoredStanding,
  right: Standing | undefined,
  places: readonly GroupPlace[],
  shown: readonly (GroupEntry | undefined)[],
): CheckedEntries {
  const { series } = stored;
  const difference = (where: string, has: unknown, should: unknown, state: unknown): Difference => ({
    kind: 'entry-differs',
    detail: `${series.metric} in ${series.unit}, board of ${where}: shown is ${told(has)}, it should be ${told(should)}`,
    mark: `entry ${seriesKey(series)} ${where} ${told(state)}`,
  });
  const entry = right && { companyName: right.companyName, latest: right.latest };
  const others: Group[] = [];
  // What is projected is at a later revision: that it still is not right is another finding.
  const { revision } = stored;
  const differences = isSame(stored.standing, right)
    ? []
    : [difference('all', stored.standing, right, revision)];
  for (const [index, { group }] of places.entries()) {
    const isIn = right?.groups.some((one) => isSameGroup(one, group)) === true;
    const should = isIn ? entry : undefined;
    if (!isIn) others.push(group);
    if (!isSame(shown[index], should)) {
      const where = `${group.dimension} ${group.group}`;
      // No projection comes by where the company is not.
      differences.push(difference(where, shown[index], should, isIn ? revision : shown[index]));
    }
  }
  return { stored, others, differences };
}

function distinct(groups: readonly Group[]): Group[] {
  return groups.filter((group, index) => groups.findIndex((one) => isSameGroup(one, group)) === index);
}
