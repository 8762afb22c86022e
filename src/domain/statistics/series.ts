import type { Violation } from '../shared/errors.ts';

/** What is observed, and in which unit: figures in different units never mix. */
export interface Series {
  /** A slug: `price`, `revenues-3m`. */
  readonly metric: string;
  readonly unit: string;
}

export const SERIES_BOUNDS = { metric: 200, unit: 50 } as const;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const CONTROL = /[\p{Cc}\p{Cs}]/u;

export function checkMetric(metric: string, path: Violation['path'], violations: Violation[]): void {
  if (SLUG.test(metric) && metric.length <= SERIES_BOUNDS.metric) return;
  violations.push({
    path,
    detail:
      'must be a slug, lower-case letters and digits in parts joined by hyphens, such as "price" or "revenues-3m", ' +
      `of at most ${SERIES_BOUNDS.metric} characters`,
  });
}

export function checkUnit(unit: string, path: Violation['path'], violations: Violation[]): void {
  checkLabel(unit, SERIES_BOUNDS.unit, path, violations);
}

/** A text that stands in a key as it is: not trimmed or folded behind the caller's back. */
export function checkLabel(
  text: string,
  longest: number,
  path: Violation['path'],
  violations: Violation[],
): void {
  const length = [...text].length;
  if (length < 1 || length > longest) {
    violations.push({ path, detail: `must have 1 to ${longest} characters` });
  } else if (text !== text.trim() || CONTROL.test(text)) {
    violations.push({ path, detail: 'must not begin or end with white space, nor hold control characters' });
  }
}

/** One text for a series, another one for every other. */
export function seriesKey({ metric, unit }: Series): string {
  return `${metric} ${unit}`;
}
