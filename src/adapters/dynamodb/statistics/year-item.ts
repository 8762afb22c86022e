import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Decimal } from '../../../domain/shared/decimal.ts';
import type { Figures, ValueAt } from '../../../domain/statistics/figures.ts';
import type { ObservedAt } from '../../../domain/statistics/observed-at.ts';
import { BUCKETS, type Bucket, type YearRollup } from '../../../domain/statistics/rollup.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { Item } from '../errors.ts';
import { companyPk, partsOf, type ItemKey } from '../keys.ts';
import { yearSk } from './statistics-keys.ts';

export function yearKey(companyId: CompanyId, series: Series, year: string): ItemKey {
  return { pk: companyPk(companyId), sk: yearSk(series, year) };
}

/**
 * A year of a series in one short item: ten of them are read for what a chart shows. Each bucket is one attribute,
 * `m01` to `m12` and `y`, a text `count sum min max first's time first's value last's time last's value`, of times only
 * what follows the month or the year: `2 7.5 3 4.5 -02 4.5 -31T16:00:00.000Z 3`.
 */
export function yearItem(companyId: CompanyId, series: Series, year: string, rollup: YearRollup): ItemKey {
  return {
    ...yearKey(companyId, series, year),
    ...Object.fromEntries(
      BUCKETS.flatMap((bucket) => {
        const figures = rollup[bucket];
        return figures ? [[attributeOf(bucket), textOf(figures, beginningOf(year, bucket))]] : [];
      }),
    ),
  };
}

export function yearOf(item: Item): { readonly year: string; readonly rollup: YearRollup } {
  const year = partsOf(String(item['sk'])).at(-1)!;
  const rollup: Partial<Record<Bucket, Figures>> = {};
  for (const bucket of BUCKETS) {
    const text = item[attributeOf(bucket)];
    if (typeof text === 'string') rollup[bucket] = figuresOf(text, beginningOf(year, bucket));
  }
  return { year, rollup };
}

function attributeOf(bucket: Bucket): string {
  return bucket === 'year' ? 'y' : `m${bucket}`;
}

/** What the times of all observations in a bucket begin with. */
function beginningOf(year: string, bucket: Bucket): string {
  return bucket === 'year' ? year : `${year}-${bucket}`;
}

function textOf({ count, sum, min, max, first, last }: Figures, beginning: string): string {
  const at = ({ observedAt, value }: ValueAt): string[] => [observedAt.slice(beginning.length), value];
  return [count, sum, min, max, ...at(first), ...at(last)].join(' ');
}

function figuresOf(text: string, beginning: string): Figures {
  const [count, sum, min, max, firstAt = '', first, lastAt = '', last] = text.split(' ');
  const at = (rest: string, value: string | undefined): ValueAt => ({
    observedAt: `${beginning}${rest}` as ObservedAt,
    value: value as Decimal,
  });
  return {
    count: Number(count),
    sum: sum as Decimal,
    min: min as Decimal,
    max: max as Decimal,
    first: at(firstAt, first),
    last: at(lastAt, last),
  };
}
