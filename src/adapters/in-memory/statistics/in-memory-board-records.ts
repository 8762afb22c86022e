import type {
  BoardRecords,
  GroupEntry,
  GroupPlace,
  StoredAggregate,
} from '../../../application/statistics/ports/board-records.ts';
import type { StoredMembership, StoredStanding } from '../../../application/statistics/ports/boards.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { ZERO, type Decimal, type DecimalArithmetic } from '../../../domain/shared/decimal.ts';
import type { Clock } from '../../../domain/shared/time.ts';
import { exchanged, NOTHING } from '../../../domain/statistics/aggregate.ts';
import { isSameGroup, type Group } from '../../../domain/statistics/group.ts';
import { seriesKey, type Series } from '../../../domain/statistics/series.ts';
import type { Identifier } from '../../../domain/statistics/tracked-company.ts';
import type { InMemoryProjections } from './in-memory-projections.ts';

/** The boards of groups and the aggregates are computed here when they are read: they can be wrong only with the standings. */
export class InMemoryBoardRecords implements BoardRecords {
  constructor(
    private readonly projections: InMemoryProjections,
    private readonly clock: Clock,
    private readonly arithmetic: DecimalArithmetic,
  ) {}

  async *standings(series: Series): AsyncGenerator<StoredStanding> {
    yield* this.#standingsOf(series);
  }

  async *companiesOn(series: Series, group: Group): AsyncGenerator<CompanyId> {
    yield* this.#standingsOf(series)
      .filter((stored) => isIn(stored, group))
      .map(({ companyId }) => companyId);
  }

  async entries(wanted: readonly GroupPlace[]): Promise<readonly (GroupEntry | undefined)[]> {
    return wanted.map((place) => {
      const stored = this.projections.standing(place);
      if (!isIn(stored, place.group)) return undefined;
      const { companyName, latest } = stored.standing!;
      return { companyName, latest };
    });
  }

  async lead(
    wanted: readonly { companyId: CompanyId; identifier: Identifier }[],
  ): Promise<readonly boolean[]> {
    return wanted.map(({ companyId, identifier }) => this.projections.isBearer(identifier, companyId));
  }

  async *aggregates(series: Series | undefined): AsyncGenerator<StoredAggregate> {
    const counted = series
      ? this.#standingsOf(series).map(({ revision, standing }) => ({
          revision,
          groups: standing?.groups ?? [],
          value: standing?.latest.value ?? ZERO,
        }))
      : this.projections.currentMemberships().map(({ revision, membership }) => ({
          revision,
          groups: membership?.groups ?? [],
          value: ZERO,
        }));
    // It rises with every change of what is counted.
    const revision = counted.reduce((sum, one) => sum + one.revision, 0);
    const aggregates = new Map<string, StoredAggregate>();
    for (const { groups, value } of counted) {
      for (const group of groups)
        this.#count({ ...group, ...(series && { series }) }, value, revision, aggregates);
    }
    yield* aggregates.values();
  }

  partOf(): number {
    return 0;
  }

  async rewriteEntries(stored: StoredStanding): Promise<boolean> {
    return this.projections.standing(stored).revision === stored.revision;
  }

  async rewriteIdentifiers(stored: StoredMembership, others: readonly Identifier[]): Promise<boolean> {
    const { companyId, revision, membership } = stored;
    if (this.projections.membership(companyId).revision !== revision) return false;
    for (const one of membership?.identifiers ?? []) {
      this.projections.setBearer(one, companyId, this.clock.now());
    }
    for (const one of others) this.projections.setBearer(one, companyId, undefined);
    return true;
  }

  async restoreAggregate(stored: StoredAggregate): Promise<boolean> {
    for await (const one of this.aggregates(stored.series)) {
      if (isSameGroup(one, stored)) return one.revision === stored.revision;
    }
    return stored.revision === 0;
  }

  #standingsOf(series: Series): StoredStanding[] {
    return this.projections
      .currentStandings()
      .filter((stored) => seriesKey(stored.series) === seriesKey(series))
      .sort((left, right) => (left.companyId < right.companyId ? -1 : 1));
  }

  #count(
    group: Group & { readonly series?: Series },
    value: Decimal,
    revision: number,
    aggregates: Map<string, StoredAggregate>,
  ): void {
    const key = `${group.dimension} ${group.group}`;
    const before = aggregates.get(key)?.aggregate ?? NOTHING;
    const aggregate = exchanged(before, undefined, value, this.arithmetic);
    aggregates.set(key, { ...group, part: 0, revision, aggregate });
  }
}

function isIn({ standing }: StoredStanding, group: Group): boolean {
  return standing?.groups.some((one) => isSameGroup(one, group)) === true;
}
