import type { StoredSeries } from '../../../application/statistics/ports/observations.ts';
import type {
  KnownCompany,
  RollupRecords,
  RollupRestoration,
} from '../../../application/statistics/ports/rollup-records.ts';
import type { TrackedCompanies } from '../../../application/statistics/ports/tracked-companies.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Observation } from '../../../domain/statistics/observation.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { InMemoryCountedDocuments } from './in-memory-counted-documents.ts';
import type { InMemorySeriesStore } from './in-memory-series-store.ts';
import type { OnChange } from './statistics-change.ts';

export class InMemoryRollupRecords implements RollupRecords {
  constructor(
    private readonly store: InMemorySeriesStore,
    private readonly tracked: TrackedCompanies,
    private readonly documents: Pick<InMemoryCountedDocuments, 'companies'>,
    private readonly onChange: OnChange = () => {},
  ) {}

  async *companies(): AsyncGenerator<KnownCompany> {
    const known = new Map<CompanyId, Series[]>();
    for await (const { companyId } of this.tracked.all()) known.set(companyId, []);
    for (const companyId of this.documents.companies()) if (!known.has(companyId)) known.set(companyId, []);
    for (const { companyId, series } of this.store.allSeries()) {
      known.set(companyId, [...(known.get(companyId) ?? []), series]);
    }
    yield* [...known]
      .map(([companyId, series]) => ({ companyId, series }))
      .sort((left, right) => (left.companyId < right.companyId ? -1 : 1));
  }

  async rollups(companyId: CompanyId): Promise<readonly StoredSeries[]> {
    return this.store.everSeriesOf(companyId).flatMap((series) => {
      const row = this.store.findSeries(companyId, series);
      const years = this.store.yearsOf(companyId, series, 'strong');
      if (row === undefined && years.length === 0) return [];
      return [
        {
          series,
          revision: row?.revision ?? 0,
          ...(row && { figures: row.figures }),
          years: new Map(years.map(({ year, rollup }) => [year, rollup])),
        },
      ];
    });
  }

  async *observations(companyId: CompanyId): AsyncGenerator<Observation> {
    for (const series of this.store.everSeriesOf(companyId)) {
      yield* this.store
        .observationsOf(companyId, series, 'strong')
        .map(({ revision: _revision, ...observation }) => observation)
        .sort((left, right) => (left.observedAt < right.observedAt ? -1 : 1));
    }
  }

  async restore(
    companyId: CompanyId,
    { series, revisionBefore, figures, years }: RollupRestoration,
  ): Promise<boolean> {
    if ((this.store.findSeries(companyId, series)?.revision ?? 0) !== revisionBefore) return false;
    for (const [year, rollup] of years) {
      if (rollup) this.store.setYear(companyId, series, { year, rollup });
      else this.store.removeYear(companyId, series, year);
    }
    if (figures) this.store.setSeries({ companyId, series, figures, revision: revisionBefore + 1 });
    else this.store.removeSeries(companyId, series);
    this.onChange({ companyId, series });
    return true;
  }
}
