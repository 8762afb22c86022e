import type { SetAsideEvents } from '../../src/application/statistics/ports/set-aside-events.ts';
import type { TrackedCompanies } from '../../src/application/statistics/ports/tracked-companies.ts';
import { InMemorySetAsideEvents } from '../../src/adapters/in-memory/statistics/in-memory-set-aside-events.ts';
import { InMemoryTrackedCompanies } from '../../src/adapters/in-memory/statistics/in-memory-tracked-companies.ts';

/** The ports of the statistics service over one new, empty store. */
export interface StatisticsFixture {
  readonly tracked: TrackedCompanies;
  readonly setAside: SetAsideEvents;
  /** Has eventual reads and lists show all that was written. */
  settle(): void;
}

/** @param lag the most writes that eventual reads and lists may miss */
export function statisticsInMemory(lag = 0): StatisticsFixture {
  const tracked = new InMemoryTrackedCompanies();
  tracked.lag(lag);
  return { tracked, setAside: new InMemorySetAsideEvents(), settle: () => tracked.catchUp() };
}
