import type { TrackedSeries } from '../../../application/statistics/ports/tracked-series.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Figures } from '../../../domain/statistics/figures.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { CompanySeries } from '../../../domain/statistics/standing.ts';
import type { InMemorySeriesStore } from './in-memory-series-store.ts';

export class InMemoryTrackedSeries implements TrackedSeries {
  constructor(
    private readonly store: InMemorySeriesStore,
    readonly lagMs = 0,
  ) {}

  async figuresOf(wanted: readonly CompanySeries[]): Promise<readonly (Figures | undefined)[]> {
    return wanted.map(({ companyId, series }) => this.store.findSeries(companyId, series)?.figures);
  }

  async ofCompany(companyId: CompanyId): Promise<readonly Series[]> {
    return this.store.seriesOf(companyId, 'strong').map(({ series }) => series);
  }

  async *ofMetric(metric: string, after?: CompanyId): AsyncGenerator<CompanySeries> {
    yield* this.store
      .allSeries()
      .filter(
        ({ companyId, series }) => series.metric === metric && (after === undefined || companyId > after),
      )
      .sort((left, right) => (left.companyId < right.companyId ? -1 : 1))
      .map(({ companyId, series }) => ({ companyId, series }));
  }
}
