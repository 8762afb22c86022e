import { MetricNotRanked } from '../../domain/statistics/errors.ts';
import type { MetricDefinition } from '../../domain/statistics/metric-definition.ts';
import type { MetricDefinitions } from './ports/metric-definitions.ts';

/** The definition of a metric, which must be ranked. @throws MetricNotRanked, Unavailable */
export async function checkRanked(
  metric: string,
  definitions: Pick<MetricDefinitions, 'find'>,
): Promise<MetricDefinition> {
  const definition = await definitions.find(metric, 'strong');
  if (definition?.ranked !== true) throw new MetricNotRanked(metric);
  return definition;
}
