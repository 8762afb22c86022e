import type { ProjectionProgress } from '../../../application/statistics/ports/metric-definitions.ts';
import type { MetricDefinition } from '../../../domain/statistics/metric-definition.ts';
import type { Item } from '../errors.ts';

export function metricDefinitionOf(item: Item): MetricDefinition {
  const { metric, unit, label, ranked, revision, updatedAt } = item as unknown as MetricDefinition;
  return {
    metric,
    ...(unit !== undefined && { unit }),
    ...(label !== undefined && { label }),
    ranked,
    revision,
    updatedAt,
  };
}

export function projectionProgressOf(item: Item): ProjectionProgress {
  const { revision, after, isComplete } = item as unknown as ProjectionProgress;
  return { revision, ...(after !== undefined && { after }), isComplete };
}
