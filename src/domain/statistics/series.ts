import type { Violation } from '../shared/errors.ts';
import { textOf } from '../shared/text.ts';

/** What is observed, and in which unit: figures in different units never mix. */
export interface Series {
  /** A slug: `price`, `revenues-3m`. */
  readonly metric: string;
  readonly unit: string;
}

export const SERIES_BOUNDS = { metric: 200, unit: 50 } as const;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export function checkMetric(metric: string, path: Violation['path'], violations: Violation[]): void {
  if (SLUG.test(metric) && metric.length <= SERIES_BOUNDS.metric) return;
  violations.push({
    path,
    detail:
      'must be a slug, lower-case letters and digits in parts joined by hyphens, such as "price" or "revenues-3m", ' +
      `of at most ${SERIES_BOUNDS.metric} characters`,
  });
}

/** A unit in normal form. What is wrong with it goes to `violations`. */
export function unitOf(text: string, path: Violation['path'], violations: Violation[]): string {
  return textOf(text, path, { longest: SERIES_BOUNDS.unit }, violations);
}

/** One text for a series, another one for every other. */
export function seriesKey({ metric, unit }: Series): string {
  return `${metric} ${unit}`;
}
