import { InMemoryCountedDocuments } from './in-memory-counted-documents.ts';
import { InMemoryMetricDefinitions } from './in-memory-metric-definitions.ts';
import { InMemoryProjections } from './in-memory-projections.ts';
import { InMemorySeriesStore } from './in-memory-series-store.ts';
import { InMemorySetAsideEvents } from './in-memory-set-aside-events.ts';
import { inMemoryStatisticsStream } from './in-memory-statistics-stream.ts';
import { InMemoryTrackedCompanies } from './in-memory-tracked-companies.ts';

/** What the statistics service of one process keeps, and the stream of its changes. */
export class InMemoryStatistics {
  readonly #changes = inMemoryStatisticsStream();
  readonly stream = this.#changes.stream;
  readonly onChange = this.#changes.onChange;
  readonly tracked = new InMemoryTrackedCompanies(this.onChange);
  readonly documents = new InMemoryCountedDocuments(this.onChange);
  readonly series = new InMemorySeriesStore();
  readonly projections = new InMemoryProjections();
  readonly definitions = new InMemoryMetricDefinitions(this.onChange);
  readonly setAside = new InMemorySetAsideEvents();

  /** @param lagMs how long what lags is behind, where anything ever does */
  constructor(readonly lagMs = 0) {}

  /** From now on eventual reads and lists may miss up to this many of the last writes of each kind. */
  lag(writes: number): void {
    for (const store of this.#lagging()) store.lag(writes);
  }

  /** Brings eventual reads and lists up to date once; later writes lag as before. */
  catchUp(): void {
    for (const store of this.#lagging()) store.catchUp();
  }

  #lagging() {
    return [this.tracked, this.documents, this.series, this.projections, this.definitions];
  }
}
