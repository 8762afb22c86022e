import { isSame } from '../../domain/shared/equality.ts';
import { Unavailable } from '../../domain/shared/errors.ts';
import type { Backoff } from '../../domain/shared/time.ts';
import { standingOf, type CompanySeries } from '../../domain/statistics/standing.ts';
import type { Boards, StandingChange } from './ports/boards.ts';
import type { MetricDefinitions } from './ports/metric-definitions.ts';
import type { TrackedCompanies } from './ports/tracked-companies.ts';
import type { TrackedSeries } from './ports/tracked-series.ts';

/** How often some of the series may turn out to have been projected by someone else meanwhile. */
const ATTEMPTS = 30;

/** Brings boards and aggregates to what series are now: nothing, of those whose metric is not ranked. */
export class ProjectSeries {
  constructor(
    private readonly boards: Boards,
    private readonly definitions: MetricDefinitions,
    private readonly tracked: TrackedCompanies,
    private readonly trackedSeries: TrackedSeries,
    private readonly backoff: Backoff,
  ) {}

  /** @param series no two alike @throws Unavailable */
  async execute(series: readonly CompanySeries[]): Promise<void> {
    let left = series;
    for (let attempt = 1; left.length > 0; attempt++) {
      const { standings } = await this.boards.commit({
        standings: await this.#changes(left),
        memberships: [],
      });
      left = standings.map(({ before: { companyId, series: one } }) => ({ companyId, series: one }));
      if (left.length === 0) return;
      if (attempt === ATTEMPTS) throw new Unavailable('Too many project the same series at once.');
      await this.backoff(attempt);
    }
  }

  async #changes(series: readonly CompanySeries[]): Promise<StandingChange[]> {
    // Read before what they are made of: a commit is refused if someone else has projected since.
    const stored = await this.boards.standings(series);
    const [definitions, companies, figures] = await Promise.all([
      this.definitions.definitionsOf([...new Set(series.map(({ series: { metric } }) => metric))]),
      this.tracked.findAll([...new Set(series.map(({ companyId }) => companyId))]),
      this.trackedSeries.figuresOf(series),
    ]);
    const byId = new Map(companies.map((company) => [company.companyId, company]));
    return stored.flatMap((before, index) => {
      const isRanked = definitions.get(before.series.metric)?.ranked === true;
      const after = standingOf(byId.get(before.companyId), figures[index], isRanked);
      return isSame(before.standing, after) ? [] : [{ before, ...(after && { after }) }];
    });
  }
}
