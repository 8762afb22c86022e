import { InvalidInput } from '../../domain/shared/errors.ts';
import type { MetricDefinition } from '../../domain/statistics/metric-definition.ts';
import type { Series } from '../../domain/statistics/series.ts';
import { checkRanked } from './check-ranked.ts';
import type { MetricDefinitions } from './ports/metric-definitions.ts';

/** Says which series of a metric is meant: where no unit is given, the one in the unit of its definition. */
export class NameSeries {
  constructor(private readonly definitions: Pick<MetricDefinitions, 'find'>) {}

  /** @throws InvalidInput at `unit` where no definition says it, Unavailable */
  async execute(metric: string, unit?: string): Promise<Series> {
    if (unit !== undefined) return { metric, unit };
    return seriesOf(metric, await this.definitions.find(metric, 'strong'));
  }

  /** Of a metric that must be ranked, as far as its definition is asked. @throws MetricNotRanked, InvalidInput, Unavailable */
  async executeRanked(metric: string, unit?: string): Promise<Series> {
    if (unit !== undefined) return { metric, unit };
    return seriesOf(metric, await checkRanked(metric, this.definitions));
  }
}

function seriesOf(metric: string, definition: MetricDefinition | undefined): Series {
  if (definition?.unit !== undefined) return { metric, unit: definition.unit };
  throw InvalidInput.at(['unit'], `is required: no definition says which unit of ${metric} is meant`);
}
