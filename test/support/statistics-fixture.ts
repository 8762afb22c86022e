import type { Observations } from '../../src/application/statistics/ports/observations.ts';
import type { RollupRecords } from '../../src/application/statistics/ports/rollup-records.ts';
import type { SeriesReadings } from '../../src/application/statistics/ports/series-readings.ts';
import type { SetAsideEvents } from '../../src/application/statistics/ports/set-aside-events.ts';
import type { TrackedCompanies } from '../../src/application/statistics/ports/tracked-companies.ts';
import type { TrackedSeries } from '../../src/application/statistics/ports/tracked-series.ts';
import { InMemoryObservations } from '../../src/adapters/in-memory/statistics/in-memory-observations.ts';
import { InMemoryRollupRecords } from '../../src/adapters/in-memory/statistics/in-memory-rollup-records.ts';
import { InMemorySeriesReadings } from '../../src/adapters/in-memory/statistics/in-memory-series-readings.ts';
import { InMemorySeriesStore } from '../../src/adapters/in-memory/statistics/in-memory-series-store.ts';
import { InMemorySetAsideEvents } from '../../src/adapters/in-memory/statistics/in-memory-set-aside-events.ts';
import { InMemoryTrackedCompanies } from '../../src/adapters/in-memory/statistics/in-memory-tracked-companies.ts';
import { InMemoryTrackedSeries } from '../../src/adapters/in-memory/statistics/in-memory-tracked-series.ts';
import type { CountedDocuments } from '../../src/application/statistics/ports/counted-documents.ts';
import { InMemoryCountedDocuments } from '../../src/adapters/in-memory/statistics/in-memory-counted-documents.ts';

/** The ports of the statistics service over one new, empty store. */
export interface StatisticsFixture {
  readonly tracked: TrackedCompanies;
  readonly documents: CountedDocuments;
  readonly setAside: SetAsideEvents;
  readonly observations: Observations;
  readonly readings: SeriesReadings;
  readonly trackedSeries: TrackedSeries;
  readonly rollupRecords: RollupRecords;
  /** Has eventual reads and lists show all that was written. */
  settle(): void;
}

/** @param lag the most writes that eventual reads and lists may miss */
export function statisticsInMemory(lag = 0): StatisticsFixture {
  const tracked = new InMemoryTrackedCompanies();
  const documents = new InMemoryCountedDocuments();
  const series = new InMemorySeriesStore();
  tracked.lag(lag);
  documents.lag(lag);
  series.lag(lag);
  return {
    tracked,
    documents,
    setAside: new InMemorySetAsideEvents(),
    observations: new InMemoryObservations(series),
    readings: new InMemorySeriesReadings(series, tracked, documents),
    trackedSeries: new InMemoryTrackedSeries(series),
    rollupRecords: new InMemoryRollupRecords(series, tracked, documents),
    settle: () => {
      tracked.catchUp();
      documents.catchUp();
      series.catchUp();
    },
  };
}
