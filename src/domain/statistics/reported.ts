import type { DecimalArithmetic } from '../shared/decimal.ts';
import type { Report } from './observation.ts';

/**
 * What was reported of one observation: of each value the latest report that states it.
 *
 * The value that was reported last is the current one. Reports may come in any order, and again: what is known in the end
 * is the same. Two values that are reported at the same time contradict each other; then the lower one stands until a
 * later report decides. A report without a time is taken for the earliest one.
 */
export interface Reported {
  readonly current: Report;
  /** What lost against it, no two of the same value. */
  readonly earlier: readonly Report[];
}

/**
 * What a report does to what was reported before.
 *
 * - `recorded`: it is the first one
 * - `unchanged`: the value is known; a later report of it advances its time
 * - `corrected`: it is later, and has another value
 * - `superseded`: a later one has another value; it is kept beside that one
 * - `conflict`: another value was reported at the same time, or it has no time: it is kept, and which one is right is
 *   for a later report to say
 */
export type ReportOutcome = 'recorded' | 'unchanged' | 'corrected' | 'superseded' | 'conflict';

/** What a report does, given the current one; it needs none of the earlier ones. */
export function outcomeOf(current: Report | undefined, report: Report): ReportOutcome {
  if (current === undefined) return 'recorded';
  if (report.value === current.value) return 'unchanged';
  if (report.reportedAt === undefined) return 'conflict';
  const order = compareTimes(report, current);
  if (order === 0) return 'conflict';
  return order > 0 ? 'corrected' : 'superseded';
}

/** What is known after a report: the same for the same reports, whatever their order. */
export function withReport(
  reported: Reported | undefined,
  report: Report,
  arithmetic: DecimalArithmetic,
): Reported {
  if (reported === undefined) return { current: report, earlier: [] };
  const known = [reported.current, ...reported.earlier];
  const same = known.find(({ value }) => value === report.value);
  if (same !== undefined && compareTimes(report, same) <= 0) return reported;
  const all = [...known.filter((one) => one !== same), report];
  const current = all.reduce((best, one) => (isOver(one, best, arithmetic) ? one : best));
  return { current, earlier: all.filter((one) => one !== current) };
}

function isOver(report: Report, other: Report, arithmetic: DecimalArithmetic): boolean {
  const order = compareTimes(report, other);
  return order > 0 || (order === 0 && arithmetic.compare(report.value, other.value) < 0);
}

function compareTimes(left: Report, right: Report): number {
  const [a, b] = [left.reportedAt ?? '', right.reportedAt ?? ''];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
