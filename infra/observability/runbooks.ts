/** The kinds of alarms, and the runbook of each: what it means, what users see, where to look, what to do. */
export const RUNBOOKS = {
  Errors: 'lambda-errors',
  Throttles: 'lambda-throttles',
  ServerErrors: 'server-errors',
  IteratorAge: 'stream-behind',
  GivenUp: 'records-given-up',
  Age: 'queue-behind',
  NotEmpty: 'dead-letters',
  RenamePropagation: 'rename-propagation',
  ObservationLag: 'observation-lag',
  Fork: 'fork',
  SetAside: 'set-aside',
  FailedImports: 'failed-imports',
  Drift: 'drift',
  NoAudit: 'no-audit',
} as const;

export type AlarmKind = keyof typeof RUNBOOKS;

/** The path of a runbook in the repository. */
export function runbookOf(kind: AlarmKind): string {
  return `docs/runbooks/${RUNBOOKS[kind]}.md`;
}
