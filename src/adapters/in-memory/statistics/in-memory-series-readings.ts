import {
  tellsNothing,
  type SeriesReadings,
  type Summary,
  type TimeRange,
} from '../../../application/statistics/ports/series-readings.ts';
import type { TrackedCompanies } from '../../../application/statistics/ports/tracked-companies.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import type { Observation } from '../../../domain/statistics/observation.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { InMemoryCountedDocuments } from './in-memory-counted-documents.ts';
import type { InMemorySeriesStore, YearRow } from './in-memory-series-store.ts';

/** Where an item stands in a list. */
type Position = readonly string[];

export class InMemorySeriesReadings implements SeriesReadings {
  constructor(
    private readonly store: InMemorySeriesStore,
    private readonly tracked: Pick<TrackedCompanies, 'find'>,
    private readonly documents: Pick<InMemoryCountedDocuments, 'totalsOf'>,
  ) {}

  async summary(
    companyId: CompanyId,
    page: PageRequest,
    consistency: 'eventual' | 'strong',
  ): Promise<Summary | undefined> {
    const company = await this.tracked.find(companyId, consistency);
    const rows = this.store.seriesOf(companyId, consistency);
    const { items, next } = pageOf(rows, ({ series: { metric, unit } }) => [metric, unit], page);
    const summary = {
      items: items.map(({ series, figures }) => ({ series, figures })),
      documents: this.documents.totalsOf(companyId, consistency).totals,
      ...(company && { company }),
      ...(next !== undefined && { next }),
    };
    return page.after === undefined && tellsNothing(summary) ? undefined : summary;
  }

  async *years(companyId: CompanyId, series: Series, from: string, to: string): AsyncGenerator<YearRow> {
    const years = this.store.yearsOf(companyId, series, 'eventual');
    yield* years
      .filter(({ year }) => year >= from && year <= to)
      .sort((left, right) => (left.year < right.year ? -1 : 1));
  }

  async observations(
    companyId: CompanyId,
    series: Series,
    range: TimeRange,
    page: PageRequest,
  ): Promise<Page<Observation>> {
    const found = this.store.observationsOf(companyId, series, 'eventual').filter(isWithin(range));
    return pageOf(
      found.map(({ revision: _revision, ...observation }) => observation),
      ({ observedAt, source }) => [observedAt, source],
      page,
    );
  }

  async earlierReports(
    companyId: CompanyId,
    series: Series,
    range: TimeRange,
    page: PageRequest,
  ): Promise<Page<Observation>> {
    const found = this.store.earlierOf(companyId, series, 'eventual').filter(isWithin(range));
    return pageOf(
      found,
      ({ observedAt, source, reportedAt = '', value }) => [observedAt, source, reportedAt, value],
      page,
    );
  }
}

function isWithin({ from, to }: TimeRange): (observation: Observation) => boolean {
  return ({ observedAt }) =>
    (from === undefined || observedAt >= from) && (to === undefined || observedAt < to);
}

function pageOf<Item>(
  items: readonly Item[],
  positionOf: (item: Item) => Position,
  { limit, after }: PageRequest,
): Page<Item> {
  const start = after === undefined ? undefined : (JSON.parse(after) as Position);
  const rest = items
    .map((item) => ({ item, position: positionOf(item) }))
    .filter(({ position }) => start === undefined || compare(position, start) > 0)
    .sort((left, right) => compare(left.position, right.position));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    ...(rest.length > limit && last && { next: JSON.stringify(last.position) }),
  };
}

/** By code points, which is the order of the bytes in UTF-8; `<` compares UTF-16 units. */
function compare(left: Position, right: Position): number {
  for (const [index, text] of left.entries()) {
    const order = Buffer.compare(Buffer.from(text), Buffer.from(right[index] ?? ''));
    if (order !== 0) return order;
  }
  return 0;
}
