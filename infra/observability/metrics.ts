/** Where the metrics of a deployment are. */
export const METRICS_NAMESPACE = 'CompanyRegistry';

/** The one dimension of every metric: who tells it. */
export const SERVICE_DIMENSION = 'service';

export type Service = 'profiles' | 'statistics' | 'audit';

export type Unit = 'Count' | 'Milliseconds';

/** What the system tells of itself, with its units: stated once, for those who tell it and for those who watch it. */
export const METRICS = {
  /** From the change of a name in the profiles to its write in the statistics. */
  RenamePropagation: 'Milliseconds',
  /** From the arrival of observations at their topic, or queue, to their write. */
  ObservationLag: 'Milliseconds',
  /** Company events that came after something newer. */
  Stale: 'Count',
  /** Company events that said what was known. */
  Duplicate: 'Count',
  /** Company events that contradict what is known at the same version. */
  Fork: 'Count',
  /** What can never succeed as it is, and was kept for a person; forks too. */
  SetAside: 'Count',
  /** Uploaded files whose import is done, but for rows that were rejected. */
  Imports: 'Count',
  /** Uploaded files whose import came to nothing, or stopped half-way. */
  FailedImports: 'Count',
  /** Disagreements that an audit found. */
  Drift: 'Count',
} as const satisfies Readonly<Record<string, Unit>>;

export type MetricName = keyof typeof METRICS;
