import type { Log, LogFields } from '../../../src/adapters/system/json-log.ts';

export interface Recorded extends LogFields {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

export interface RecordingLog extends Log {
  readonly lines: readonly Recorded[];
}

/** Keeps what is logged, for a test to look at. */
export function recordingLog(): RecordingLog {
  const lines: Recorded[] = [];
  const record =
    (level: Recorded['level']) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ ...fields, level, message });
    };
  return { lines, info: record('info'), warn: record('warn'), error: record('error') };
}
