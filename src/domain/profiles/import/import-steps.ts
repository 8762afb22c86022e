import type { Instant } from '../../shared/time.ts';
import type {
  DoneImport,
  FailedImport,
  FileImport,
  RepeatedImport,
  RunningImport,
  WaitingImport,
} from './file-import.ts';
import { further, NO_PROGRESS, withSeries, type DoneRows } from './import-progress.ts';

/** More in a row, without getting on, would end no better. */
export const MOST_ATTEMPTS = 5;

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** The import in the hands of one who works on it until then. */
export function takenUp(
  before: WaitingImport | RunningImport,
  leasedUntil: Instant,
  now: Instant,
): RunningImport {
  const version = before.version + 1;
  const known = { ...before, status: 'running', version, leasedUntil } as const;
  return before.status === 'running'
    ? {
        ...known,
        startedAt: before.startedAt,
        attempts: before.attempts + 1,
        progress: withSeries(before.progress, version),
      }
    : {
        ...known,
        startedAt: now,
        attempts: 1,
        progress: withSeries(NO_PROGRESS, version),
        expiresAt: later(now),
      };
}

/** The import after its file has been looked through. */
export function lookedThrough(before: RunningImport, digest: string, rowsInFile: number): RunningImport {
  const progress = { ...before.progress, rowsInFile };
  return { ...before, version: before.version + 1, attempts: 1, digest, progress };
}

/** The import some rows further. */
export function gotOn(before: RunningImport, rows: DoneRows): RunningImport {
  const progress = further(before.progress, rows);
  return { ...before, version: before.version + 1, attempts: 1, progress };
}

/** The import in nobody's hands. */
export function letGo({ leasedUntil: _, ...before }: RunningImport): RunningImport {
  return { ...before, version: before.version + 1 };
}

export function finished(before: RunningImport, now: Instant): DoneImport {
  return { ...ended(before, now), status: 'done' };
}

export function failed(before: RunningImport, reason: string, now: Instant): FailedImport {
  return { ...ended(before, now), status: 'failed', reason };
}

/** @param first the import of the same file by the same map, which has or will have the report */
export function repeated(before: RunningImport, first: FileImport): RepeatedImport {
  const { status: _status, startedAt: _start, attempts: _attempts, leasedUntil: _lease, ...rest } = before;
  const { digest: _digest, progress: _progress, ...known } = rest;
  const { importId: sameAs, expiresAt } = first;
  return { ...known, status: 'repeated', version: before.version + 1, sameAs, expiresAt };
}

/** What every import has that has ended. */
function ended(
  { attempts: _attempts, leasedUntil: _lease, digest: _digest, ...before }: RunningImport,
  now: Instant,
): Omit<DoneImport, 'status'> {
  return { ...before, version: before.version + 1, finishedAt: now, expiresAt: later(now) };
}

/** Whether someone is at work on the import. */
export function isLeased(fileImport: FileImport, now: Instant): boolean {
  return fileImport.status === 'running' && (fileImport.leasedUntil ?? '') > now;
}

function later(now: Instant): Instant {
  return new Date(Date.parse(now) + KEPT_MS).toISOString();
}
