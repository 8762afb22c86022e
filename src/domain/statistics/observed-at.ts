import type { Violation } from '../shared/errors.ts';

/**
 * When something was observed, as precisely as it is known: a year `2024`, a month `2024-03`, a date `2024-03-31`, or an
 * instant in UTC with milliseconds `2024-03-31T16:00:00.000Z`.
 *
 * Such texts ascend with the beginning of what they name, and of two that begin together the coarser one comes first.
 */
export type ObservedAt = string & { readonly brand: 'ObservedAt' };

export const PRECISIONS = ['year', 'month', 'date', 'instant'] as const;
export type Precision = (typeof PRECISIONS)[number];

const YEAR = /^\d{4}$/;
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
// No 24:00: it is a time of another day, and perhaps of another month, than it says.
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The time that a text states; undefined, and a violation, where it states none. */
export function observedAtOf(
  text: string,
  path: Violation['path'],
  violations: Violation[],
): ObservedAt | undefined {
  const normal = YEAR.test(text) || MONTH.test(text) || isDate(text) ? text : instantOf(text);
  if (normal !== undefined && normal >= '0001' && normal <= '9999-12-31T23:59:59.999Z')
    return normal as ObservedAt;
  const day = text.slice(0, 'yyyy-mm-dd'.length);
  if (DATE.test(day) && !isDate(day)) {
    violations.push({ path, detail: `is on no day of the calendar: there is no ${day}` });
    return undefined;
  }
  violations.push({
    path,
    detail:
      'must be a year, a month, a date, or an instant with its offset and at most milliseconds: ' +
      '2024, 2024-03, 2024-03-31 or 2024-03-31T16:00:00Z',
  });
  return undefined;
}

export function precisionOf(observedAt: ObservedAt): Precision {
  if (observedAt.length === 'yyyy'.length) return 'year';
  if (observedAt.length === 'yyyy-mm'.length) return 'month';
  return observedAt.length === 'yyyy-mm-dd'.length ? 'date' : 'instant';
}

/** `2024` */
export function yearOf(observedAt: ObservedAt): string {
  return observedAt.slice(0, 4);
}

/** The coarsest text that begins at the same time: what begins there, or later, is not before it as a text. */
export function beginningOf(observedAt: ObservedAt): ObservedAt {
  return observedAt.replace(/T00:00:00\.000Z$/, '').replace(/(?:-01){1,2}$/, '') as ObservedAt;
}

function isDate(text: string): boolean {
  const time = DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // The 30th of February would be a day in March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function instantOf(text: string): string | undefined {
  const [, date = ''] = INSTANT.exec(text) ?? [];
  if (!isDate(date)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
