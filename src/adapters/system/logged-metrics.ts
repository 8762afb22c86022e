import type { Log } from './json-log.ts';
import type { Metrics } from './metrics.ts';

/** Metrics for a person who reads the log, where nobody makes anything else of them. */
export function loggedMetrics<Name extends string>(log: Log): Metrics<Name> {
  return {
    emit: (figures) => {
      const told = Object.entries<readonly number[] | undefined>(figures).filter(
        ([, values = []]) => values.length > 0,
      );
      if (told.length > 0) log.info('metrics', Object.fromEntries(told));
    },
  };
}
