import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Figures } from '../../../domain/statistics/figures.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { Item } from '../errors.ts';
import { allKeyOf, type ItemKey } from '../keys.ts';
import { seriesKeyOf } from './statistics-keys.ts';

/** All of a series, in attributes that templates without a language can read. Decimals are texts: nothing converts them. */
export interface SeriesItem extends ItemKey, Series, Figures {
  readonly companyId: CompanyId;
  readonly allKey: string;
  readonly revision: number;
  /** Of the write that made this state: a write whose answer was lost recognises itself. */
  readonly writeToken: string;
}

export function seriesItem(
  companyId: CompanyId,
  { metric, unit }: Series,
  { count, sum, min, max, first, last }: Figures,
  { revision, writeToken }: Pick<SeriesItem, 'revision' | 'writeToken'>,
): SeriesItem {
  return {
    ...seriesKeyOf(companyId, { metric, unit }),
    companyId,
    allKey: allKeyOf(companyId),
    metric,
    unit,
    count,
    sum,
    min,
    max,
    first,
    last,
    revision,
    writeToken,
  };
}

export function seriesOf(item: Item): {
  readonly series: Series;
  readonly revision: number;
  readonly figures: Figures;
} {
  const { metric, unit, revision, count, sum, min, max, first, last } = item as unknown as SeriesItem;
  return { series: { metric, unit }, revision, figures: { count, sum, min, max, first, last } };
}
