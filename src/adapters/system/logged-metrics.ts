import type { Log } from './json-log.ts';
import type { Metrics } from './metrics.ts';

/** Metrics for a person who reads the log, where nobody makes anything else of them. */
export function loggedMetrics<Name extends string>(log: Log): Metrics<Name> {
  return { emit: (figures) => log.info('metrics', figures) };
}
