import type { DecimalArithmetic } from '../../../domain/shared/decimal.ts';
import { ZERO, type Decimal } from '../../../domain/shared/decimal.ts';
import { exchanged, NOTHING, type Aggregate } from '../../../domain/statistics/aggregate.ts';
import { told, type Difference } from '../../../domain/statistics/difference.ts';
import type { Group } from '../../../domain/statistics/group.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import { isSame } from '../../../domain/shared/equality.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { AggregateId, BoardRecords, StoredAggregate } from '../ports/board-records.ts';
import type { Boards } from '../ports/boards.ts';
import type { RollupRecords } from '../ports/rollup-records.ts';

/** Companies that are read together. */
const CHUNK = 100;

export interface WrongAggregate {
  readonly stored: StoredAggregate;
  readonly right: Aggregate;
  readonly difference: Difference;
}

export interface Recount {
  readonly wrong: readonly WrongAggregate[];
  /** Those that were written to while they were counted, so that nothing can be said of them. */
  readonly moved: number;
}

/** Counts again what aggregates count, holding one number and one sum of each. */
export class RecountAggregates {
  constructor(
    private readonly boards: Boards,
    private readonly rollups: RollupRecords,
    private readonly records: BoardRecords,
    private readonly arithmetic: DecimalArithmetic,
  ) {}

  /**
   * The aggregates of a series, or of companies alone, that are not what the board of all companies, or the memberships,
   * come to. One that is written to in that moment may be among them by mistake: it is not found again.
   *
   * @throws Unavailable
   */
  async execute(series: Series | undefined): Promise<Recount> {
    const before = await this.#stored(series);
    const counted = new Map<string, { id: AggregateId; aggregate: Aggregate }>();
    for await (const { companyId, groups, value } of series ? this.#standings(series) : this.#memberships()) {
      for (const { dimension, group } of groups) {
        const id = {
          dimension,
          group,
          part: this.records.partOf(companyId),
          ...(series && { series }),
        };
        const { aggregate } = counted.get(keyOf(id)) ?? { aggregate: NOTHING };
        const sum = exchanged(aggregate, undefined, value, this.arithmetic);
        counted.set(keyOf(id), { id, aggregate: sum });
      }
    }
    const after = await this.#stored(series);
    for (const [key, { id }] of counted) {
      if (!after.has(key)) after.set(key, { ...id, revision: 0, aggregate: NOTHING });
    }
    const wrong: WrongAggregate[] = [];
    let moved = 0;
    for (const [key, stored] of after) {
      const right = counted.get(key)?.aggregate ?? NOTHING;
      if ((before.get(key)?.revision ?? 0) !== stored.revision) moved++;
      else if (!isSame(stored.aggregate, right)) {
        wrong.push({ stored, right, difference: differenceOf(stored, right) });
      }
    }
    return { wrong, moved };
  }

  async #stored(series: Series | undefined): Promise<Map<string, StoredAggregate>> {
    const stored = new Map<string, StoredAggregate>();
    for await (const one of this.records.aggregates(series)) stored.set(keyOf(one), one);
    return stored;
  }

  async *#standings(series: Series): AsyncGenerator<Counted> {
    for await (const { companyId, standing } of this.records.standings(series)) {
      if (standing) yield { companyId, groups: standing.groups, value: standing.latest.value };
    }
  }

  async *#memberships(): AsyncGenerator<Counted> {
    let chunk: CompanyId[] = [];
    const countedIn = async (): Promise<Counted[]> => {
      const stored = await this.boards.memberships(chunk);
      chunk = [];
      return stored.flatMap(({ companyId, membership }) =>
        membership ? [{ companyId, groups: membership.groups, value: ZERO }] : [],
      );
    };
    for await (const { companyId } of this.rollups.companies()) {
      chunk.push(companyId);
      if (chunk.length === CHUNK) yield* await countedIn();
    }
    yield* await countedIn();
  }
}

interface Counted {
  readonly companyId: CompanyId;
  readonly groups: readonly Group[];
  readonly value: Decimal;
}

function keyOf({ dimension, group, part }: AggregateId): string {
  return `${dimension} ${part} ${group}`;
}

function differenceOf(stored: StoredAggregate, right: Aggregate): Difference {
  const { dimension, group, part, series, revision, aggregate } = stored;
  const of = series ? `${series.metric} in ${series.unit}` : 'companies';
  const name = `${of}, ${dimension} ${group}, part ${part}`;
  return {
    kind: 'aggregate-differs',
    detail: `${name}: stored is ${told(aggregate)}, the entries come to ${told(right)}`,
    mark: `aggregate ${name} ${revision} ${told(right)}`,
  };
}
