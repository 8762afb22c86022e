import { InMemoryBoards } from '../../src/adapters/in-memory/statistics/in-memory-boards.ts';
import { InMemoryMetricDefinitions } from '../../src/adapters/in-memory/statistics/in-memory-metric-definitions.ts';
import { InMemoryObservations } from '../../src/adapters/in-memory/statistics/in-memory-observations.ts';
import { InMemoryPendingObservations } from '../../src/adapters/in-memory/statistics/in-memory-pending-observations.ts';
import { InMemoryProjections } from '../../src/adapters/in-memory/statistics/in-memory-projections.ts';
import { InMemoryRankings } from '../../src/adapters/in-memory/statistics/in-memory-rankings.ts';
import { InMemorySetAsideEvents } from '../../src/adapters/in-memory/statistics/in-memory-set-aside-events.ts';
import { InMemorySeriesStore } from '../../src/adapters/in-memory/statistics/in-memory-series-store.ts';
import { InMemoryTrackedCompanies } from '../../src/adapters/in-memory/statistics/in-memory-tracked-companies.ts';
import { InMemoryTrackedSeries } from '../../src/adapters/in-memory/statistics/in-memory-tracked-series.ts';
import { bigJsArithmetic } from '../../src/adapters/system/big-js-arithmetic.ts';
import { DefineMetric } from '../../src/application/statistics/define-metric.ts';
import type { BoardChanges } from '../../src/application/statistics/ports/boards.ts';
import type { GroupAggregate, RankedCompany } from '../../src/application/statistics/ports/rankings.ts';
import { ProjectMemberships } from '../../src/application/statistics/project-memberships.ts';
import { ProjectMetric } from '../../src/application/statistics/project-metric.ts';
import { ProjectSeries } from '../../src/application/statistics/project-series.ts';
import { ProjectStatistics } from '../../src/application/statistics/project-statistics.ts';
import { RecordObservations } from '../../src/application/statistics/record-observations.ts';
import { RecordPending } from '../../src/application/statistics/record-pending.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import type { Dimension, Group } from '../../src/domain/statistics/group.ts';
import type { Series } from '../../src/domain/statistics/series.ts';
import type { ReplicatedFacts } from '../../src/domain/statistics/tracked-company.ts';
import { ManualClock } from './manual-clock.ts';
import { anObservation, PRICE } from './observation-mother.ts';
import { everyItem } from './standing-mother.ts';
import { aTrackedCompany } from './tracked-company-mother.ts';

/** By then, what lags has caught up. */
const LAG_MS = 10_000;

/** What comes between the reading of a projector and its writing. */
type Interruption = (changes: BoardChanges) => Promise<void> | void;

/** Boards of which the next commits can be interrupted, one by each interruption. */
class InterruptedBoards extends InMemoryBoards {
  readonly interruptions: Interruption[] = [];
  commits = 0;

  override async commit(changes: BoardChanges): Promise<BoardChanges> {
    this.commits++;
    await this.interruptions.shift()?.(changes);
    return super.commit(changes);
  }
}

/** Projectors over one new, empty store, and what is said to it. */
export class ProjectionInMemory {
  readonly clock = new ManualClock();
  readonly #projections = new InMemoryProjections();
  readonly #store = new InMemorySeriesStore();
  readonly boards = new InterruptedBoards(this.#projections, this.clock);
  readonly rankings = new InMemoryRankings(this.#projections, bigJsArithmetic);
  readonly definitions = new InMemoryMetricDefinitions();
  readonly pending = new InMemoryPendingObservations(this.#projections);
  readonly setAside = new InMemorySetAsideEvents();
  readonly tracked = new InMemoryTrackedCompanies();
  readonly trackedSeries = new InMemoryTrackedSeries(this.#store, LAG_MS);
  /** The tries after which someone has waited. */
  readonly pauses: number[] = [];
  readonly #backoff = async (tries: number): Promise<void> => void this.pauses.push(tries);
  readonly recordObservations = new RecordObservations(
    new InMemoryObservations(this.#store),
    bigJsArithmetic,
    this.#backoff,
  );
  readonly recordPending = new RecordPending(
    this.pending,
    this.recordObservations,
    this.setAside,
    this.clock,
  );
  readonly defineMetric = new DefineMetric(this.definitions, this.clock, this.#backoff);
  readonly projectSeries = new ProjectSeries(
    this.boards,
    this.definitions,
    this.tracked,
    this.trackedSeries,
    this.#backoff,
  );
  readonly projectMemberships = new ProjectMemberships(this.boards, this.tracked, this.#backoff);
  readonly projectStatistics = new ProjectStatistics(
    this.definitions,
    this.trackedSeries,
    this.projectSeries,
    this.projectMemberships,
    this.recordPending,
  );
  readonly projectMetric = new ProjectMetric(
    this.definitions,
    this.trackedSeries,
    this.projectSeries,
    this.clock,
    { forMs: async () => this.#store.catchUp() },
  );

  /** From now on the list of all series misses up to this many of the last ones. */
  lag(writes: number): void {
    this.#store.lag(writes);
  }

  /** What the profiles service says of a company, at a version. */
  async follow(
    companyId: CompanyId,
    version: number,
    facts: Partial<ReplicatedFacts> = {},
    removed = false,
  ): Promise<void> {
    const company = aTrackedCompany(version, { companyId, removed });
    await this.tracked.follow({ ...company, facts: { ...company.facts, ...facts } });
  }

  async observe(
    companyId: CompanyId,
    value: string,
    observedAt = '2024',
    series: Series = PRICE,
  ): Promise<void> {
    await this.recordObservations.execute(companyId, [anObservation(observedAt, value, series)]);
  }

  async rank(metric: string, ranked = true): Promise<void> {
    await this.defineMetric.execute({ metric, ranked });
  }

  ranked(group?: Group, series: Series = PRICE): Promise<RankedCompany[]> {
    return everyItem((page) =>
      this.rankings.ranking({ series, order: 'asc', ...(group && { group }) }, page),
    );
  }

  /** `['Name', '12.5']` of each company on a board, by value. */
  async board(group?: Group, series: Series = PRICE): Promise<[string | null, string][]> {
    const items = await this.ranked(group, series);
    return items.map(({ companyName, latest }) => [companyName, latest.value]);
  }

  aggregates(
    dimension: Dimension = 'country',
    series: Series | undefined = PRICE,
  ): Promise<GroupAggregate[]> {
    return everyItem((page) => this.rankings.aggregates(dimension, series, page));
  }
}
