import type { CompanyId } from '../../domain/shared/company-id.ts';
import { seriesKey, type Series } from '../../domain/statistics/series.ts';
import type { CompanySeries } from '../../domain/statistics/standing.ts';
import type { MetricDefinitions } from './ports/metric-definitions.ts';
import type { TrackedSeries } from './ports/tracked-series.ts';
import type { ProjectMemberships } from './project-memberships.ts';
import type { ProjectSeries } from './project-series.ts';
import type { RecordPending } from './record-pending.ts';

/** What has changed: the summary of a company, or, where it is named, one of its series. */
export interface Touched {
  readonly companyId: CompanyId;
  readonly series?: Series;
  /** The request that changed the profile, where that is what changed. */
  readonly requestId?: string;
}

/**
 * Brings boards, aggregates and identifiers to what companies and their series are now. It is told only what to look
 * at: what it projects it reads anew, so that a change that comes twice, late or out of order does no harm.
 */
export class ProjectStatistics {
  constructor(
    private readonly definitions: MetricDefinitions,
    private readonly trackedSeries: TrackedSeries,
    private readonly projectSeries: ProjectSeries,
    private readonly projectMemberships: ProjectMemberships,
    private readonly recordPending: RecordPending,
  ) {}

  /** @throws Unavailable */
  async execute(touched: readonly Touched[]): Promise<void> {
    const companyIds = touched.flatMap(({ companyId, series }) => (series === undefined ? [companyId] : []));
    const series = touched.flatMap(({ companyId, series: one }) => (one ? [{ companyId, series: one }] : []));
    const companies = [...new Set(companyIds)];
    const moved = await this.projectMemberships.moved(companies);
    // What boards show of a moved company comes first: should it fail, the company is still found to have moved.
    await this.#project([...series, ...(await this.#seriesOf(moved))]);
    // All that lead to them, not only those that are new: what failed to be recorded before is so when they come again.
    await this.recordPending.executeAll(await this.projectMemberships.execute(companies));
  }

  async #project(series: readonly CompanySeries[]): Promise<void> {
    const all = distinct(series);
    const ranked = await this.#rankedAmong(all);
    await this.projectSeries.execute(ranked);
    // Whoever withdraws a metric that is no longer ranked may have passed here before it was projected.
    const still = new Set(await this.#rankedAmong(ranked));
    await this.projectSeries.execute(ranked.filter((one) => !still.has(one)));
  }

  async #rankedAmong(series: readonly CompanySeries[]): Promise<readonly CompanySeries[]> {
    const metrics = [...new Set(series.map(({ series: { metric } }) => metric))];
    if (metrics.length === 0) return [];
    const definitions = await this.definitions.definitionsOf(metrics);
    return series.filter(({ series: { metric } }) => definitions.get(metric)?.ranked === true);
  }

  async #seriesOf(companyIds: readonly CompanyId[]): Promise<CompanySeries[]> {
    const found = await Promise.all(
      companyIds.map(async (companyId) => {
        const series = await this.trackedSeries.ofCompany(companyId);
        return series.map((one) => ({ companyId, series: one }));
      }),
    );
    return found.flat();
  }
}

function distinct(series: readonly CompanySeries[]): CompanySeries[] {
  const byKey = new Map(series.map((one) => [`${one.companyId} ${seriesKey(one.series)}`, one]));
  return [...byKey.values()];
}
