import type { Instant } from '../../domain/shared/time.ts';
import { UsageError } from './usage-error.ts';

/** The start of the day that `--since` names. @throws UsageError */
export function sinceOption(text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : NaN;
  // A day that a month does not have is taken for one of the next month.
  if (Number.isNaN(day) || !new Date(day).toISOString().startsWith(text)) {
    throw new UsageError(`--since ${JSON.stringify(text)} is no date such as 2026-01-31.`);
  }
  return new Date(day).toISOString();
}
