import { MetricNotDefined } from '../../domain/statistics/errors.ts';
import type { MetricDefinition } from '../../domain/statistics/metric-definition.ts';
import type { MetricDefinitions } from './ports/metric-definitions.ts';

export class FindMetric {
  constructor(private readonly definitions: MetricDefinitions) {}

  /** @throws MetricNotDefined, Unavailable */
  async execute(metric: string): Promise<MetricDefinition> {
    const definition = await this.definitions.find(metric, 'eventual');
    if (definition === undefined) throw new MetricNotDefined(metric);
    return definition;
  }
}
