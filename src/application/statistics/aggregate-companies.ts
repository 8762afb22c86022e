import type { Decimal, DecimalArithmetic } from '../../domain/shared/decimal.ts';
import type { Page, PageRequest } from '../../domain/shared/page.ts';
import type { Aggregate } from '../../domain/statistics/aggregate.ts';
import { meanOf } from '../../domain/statistics/figures.ts';
import type { Dimension } from '../../domain/statistics/group.ts';
import type { Series } from '../../domain/statistics/series.ts';
import { checkRanked } from './check-ranked.ts';
import type { MetricDefinitions } from './ports/metric-definitions.ts';
import type { GroupAggregate, Rankings } from './ports/rankings.ts';

export interface AggregatedGroup extends GroupAggregate {
  /** Absent where no company of the group has a value. */
  readonly mean?: Decimal;
}

export class AggregateCompanies {
  constructor(
    private readonly rankings: Rankings,
    private readonly definitions: Pick<MetricDefinitions, 'find'>,
    private readonly arithmetic: DecimalArithmetic,
  ) {}

  /** @throws MetricNotRanked where a series is asked for whose metric is not, Unavailable */
  async execute(
    dimension: Dimension,
    series: Series | undefined,
    page: PageRequest,
  ): Promise<Page<AggregatedGroup>> {
    const found = await this.rankings.aggregates(dimension, series, page);
    const isFirst = page.after === undefined;
    // A value that is counted says that the metric is ranked.
    if (series && isFirst && !found.items.some(hasFigures))
      await checkRanked(series.metric, this.definitions);
    return { ...found, items: found.items.map((item) => this.#withMean(item)) };
  }

  #withMean(item: GroupAggregate): AggregatedGroup {
    return hasFigures(item) ? { ...item, mean: meanOf(item.figures, this.arithmetic) } : item;
  }
}

function hasFigures(item: GroupAggregate): item is GroupAggregate & { readonly figures: Aggregate } {
  return item.figures !== undefined && item.figures.count > 0;
}
