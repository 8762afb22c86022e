import type { Series } from '../../../domain/statistics/series.ts';
import { standingOf, type CompanySeries, type Standing } from '../../../domain/statistics/standing.ts';
import type { MetricDefinitions } from '../ports/metric-definitions.ts';
import type { TrackedCompanies } from '../ports/tracked-companies.ts';
import type { TrackedSeries } from '../ports/tracked-series.ts';

/** What boards should show, from what it is made of. */
export class CurrentStandings {
  constructor(
    private readonly definitions: MetricDefinitions,
    private readonly tracked: TrackedCompanies,
    private readonly trackedSeries: TrackedSeries,
  ) {}

  /** In the order of what is asked for; no two alike. @throws Unavailable */
  async of(wanted: readonly CompanySeries[]): Promise<readonly (Standing | undefined)[]> {
    const ranked = new Set(await this.ranked(wanted.map(({ series: { metric } }) => metric)));
    const [companies, figures] = await Promise.all([
      this.tracked.findAll([...new Set(wanted.map(({ companyId }) => companyId))]),
      this.trackedSeries.figuresOf(wanted),
    ]);
    const byId = new Map(companies.map((company) => [company.companyId, company]));
    return wanted.map(({ companyId, series: { metric } }, index) =>
      standingOf(byId.get(companyId), figures[index], ranked.has(metric)),
    );
  }

  /** Those of the series that boards may show, or have shown: of metrics that somebody has defined. @throws Unavailable */
  async shown(series: readonly Series[]): Promise<readonly Series[]> {
    const definitions = await this.definitions.definitionsOf([
      ...new Set(series.map(({ metric }) => metric)),
    ]);
    return series.filter(({ metric }) => definitions.has(metric));
  }

  /** Those of the metrics that are ranked. @throws Unavailable */
  async ranked(metrics: readonly string[]): Promise<readonly string[]> {
    const all = [...new Set(metrics)];
    const definitions = await this.definitions.definitionsOf(all);
    return all.filter((metric) => definitions.get(metric)?.ranked === true);
  }
}
