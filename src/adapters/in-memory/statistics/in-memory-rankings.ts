import type {
  GroupAggregate,
  RankedCompany,
  Ranking,
  Rankings,
} from '../../../application/statistics/ports/rankings.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { ZERO, type Decimal, type DecimalArithmetic } from '../../../domain/shared/decimal.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import { exchanged, NOTHING, type Aggregate } from '../../../domain/statistics/aggregate.ts';
import { isSameGroup, type Dimension, type Group } from '../../../domain/statistics/group.ts';
import { seriesKey, type Series } from '../../../domain/statistics/series.ts';
import type { Standing } from '../../../domain/statistics/standing.ts';
import { copyOf } from '../copy-of.ts';
import type { InMemoryProjections } from './in-memory-projections.ts';

/** The company after which a ranking goes on, and the place that it had. */
interface Position extends Place {
  readonly rank: number;
}

interface Place {
  readonly value: Decimal;
  readonly companyId: CompanyId;
}

export class InMemoryRankings implements Rankings {
  constructor(
    private readonly projections: InMemoryProjections,
    private readonly arithmetic: DecimalArithmetic,
  ) {}

  async ranking(
    { series, group, order }: Ranking,
    { limit, after }: PageRequest,
  ): Promise<Page<RankedCompany>> {
    const start = after === undefined ? undefined : (JSON.parse(after) as Position);
    const direction = order === 'asc' ? 1 : -1;
    const rest = this.#standingsIn(series)
      .map((one) => ({ ...one, value: one.standing.latest.value }))
      .filter(({ standing }) => group === undefined || isIn(standing.groups, group))
      .filter((place) => start === undefined || direction * this.#compare(place, start) > 0)
      .sort((left, right) => direction * this.#compare(left, right));
    const last = start?.rank ?? 0;
    const page = rest.slice(0, limit);
    const end = page.at(-1);
    return {
      items: page.map(({ companyId: id, standing: { companyName, latest } }, index) => ({
        rank: last + index + 1,
        companyId: id,
        companyName,
        latest: copyOf(latest),
      })),
      ...(rest.length > limit &&
        end && {
          next: JSON.stringify({
            rank: last + page.length,
            value: end.value,
            companyId: end.companyId,
          } satisfies Position),
        }),
    };
  }

  async aggregates(
    dimension: Dimension,
    series: Series | undefined,
    { limit, after }: PageRequest,
  ): Promise<Page<GroupAggregate>> {
    const companies = this.#aggregated(
      dimension,
      this.projections
        .memberships()
        .map(({ membership }) => ({ groups: membership?.groups ?? [], value: ZERO })),
    );
    const figures =
      series &&
      this.#aggregated(
        dimension,
        this.#standingsIn(series).map(({ standing: { groups, latest } }) => ({
          groups,
          value: latest.value,
        })),
      );
    const rest = [...companies.keys()].filter(
      (group) => after === undefined || compareText(group, after) > 0,
    );
    const page = rest.sort(compareText).slice(0, limit);
    const end = page.at(-1);
    return {
      items: page.map((group) => ({
        group,
        companies: companies.get(group)!.count,
        ...(figures && { figures: figures.get(group) ?? NOTHING }),
      })),
      ...(rest.length > limit && end !== undefined && { next: end }),
    };
  }

  #standingsIn(series: Series): { readonly companyId: CompanyId; readonly standing: Standing }[] {
    return this.projections
      .standings()
      .flatMap(({ companyId, series: other, standing }) =>
        standing && seriesKey(other) === seriesKey(series) ? [{ companyId, standing }] : [],
      );
  }

  #aggregated(
    dimension: Dimension,
    counted: readonly { readonly groups: readonly Group[]; readonly value: Decimal }[],
  ): Map<string, Aggregate> {
    const aggregates = new Map<string, Aggregate>();
    for (const { groups, value } of counted) {
      for (const { group } of groups.filter((one) => one.dimension === dimension)) {
        const before = aggregates.get(group) ?? NOTHING;
        aggregates.set(group, exchanged(before, undefined, value, this.arithmetic));
      }
    }
    return aggregates;
  }

  #compare(left: Place, right: Place): number {
    return this.arithmetic.compare(left.value, right.value) || compareText(left.companyId, right.companyId);
  }
}

function isIn(groups: readonly Group[], group: Group): boolean {
  return groups.some((one) => isSameGroup(one, group));
}

/** By code points, which is the order of the bytes in UTF-8; `<` compares UTF-16 units. */
function compareText(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
