import { startOfDay, type Instant } from '../../domain/shared/time.ts';
import { UsageError } from './usage-error.ts';

/** The start of the day that `--since` names. @throws UsageError */
export function sinceOption(text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const since = startOfDay(text);
  if (since === undefined)
    throw new UsageError(`--since ${JSON.stringify(text)} is no date such as 2026-01-31.`);
  return since;
}
