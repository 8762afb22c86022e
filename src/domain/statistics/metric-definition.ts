import { InvalidInput, type Violation } from '../shared/errors.ts';
import type { Instant } from '../shared/time.ts';
import { textOf } from '../shared/text.ts';
import { checkMetric, unitOf } from './series.ts';

/** What a metric means. A metric needs no definition; only one that is defined as ranked has rankings and aggregates. */
export interface MetricDefinition {
  readonly metric: string;
  /** The unit that is meant where none is asked for. */
  readonly unit?: string;
  /** What it is called. */
  readonly label?: string;
  readonly ranked: boolean;
  /** From 1; each change of the definition has the next one. */
  readonly revision: number;
  readonly updatedAt: Instant;
}

export type StatedDefinition = Pick<MetricDefinition, 'metric' | 'unit' | 'label' | 'ranked'>;

export const LONGEST_METRIC_LABEL = 200;

/** What was stated in normal form. @throws InvalidInput with everything that is wrong */
export function definitionOf({ metric, unit, label, ranked }: StatedDefinition): StatedDefinition {
  const violations: Violation[] = [];
  checkMetric(metric, ['metric'], violations);
  const definition = {
    metric,
    ...(unit !== undefined && { unit: unitOf(unit, ['unit'], violations) }),
    ...(label !== undefined && {
      label: textOf(label, ['label'], { longest: LONGEST_METRIC_LABEL }, violations),
    }),
    ranked,
  };
  if (violations.length > 0) throw new InvalidInput(violations);
  return definition;
}
