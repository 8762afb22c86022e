import type { Page, PageRequest } from '../../domain/shared/page.ts';
import { checkRanked } from './check-ranked.ts';
import type { MetricDefinitions } from './ports/metric-definitions.ts';
import type { RankedCompany, Ranking, Rankings } from './ports/rankings.ts';

export class RankCompanies {
  constructor(
    private readonly rankings: Rankings,
    private readonly definitions: Pick<MetricDefinitions, 'find'>,
  ) {}

  /** @throws MetricNotRanked, Unavailable */
  async execute(ranking: Ranking, page: PageRequest): Promise<Page<RankedCompany>> {
    const found = await this.rankings.ranking(ranking, page);
    const isEmpty = found.items.length === 0 && found.next === undefined && page.after === undefined;
    // Who is ranked says that the metric is.
    if (isEmpty) await checkRanked(ranking.series.metric, this.definitions);
    return found;
  }
}
