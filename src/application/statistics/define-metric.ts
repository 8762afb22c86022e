import { Unavailable } from '../../domain/shared/errors.ts';
import type { Backoff, Clock } from '../../domain/shared/time.ts';
import {
  checkDefinition,
  type MetricDefinition,
  type StatedDefinition,
} from '../../domain/statistics/metric-definition.ts';
import type { MetricDefinitions } from './ports/metric-definitions.ts';

const ATTEMPTS = 10;

export class DefineMetric {
  constructor(
    private readonly definitions: MetricDefinitions,
    private readonly clock: Clock,
    private readonly backoff: Backoff,
  ) {}

  /**
   * Says what a metric means, in the place of what was said before. Of a metric that becomes ranked, or no longer is, what
   * there is already is projected, or withdrawn, soon after.
   *
   * @throws InvalidInput, Unavailable
   */
  async execute(stated: StatedDefinition): Promise<MetricDefinition> {
    checkDefinition(stated);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const known = await this.definitions.find(stated.metric, 'strong');
      if (known !== undefined && says(known, stated)) return known;
      const { metric, unit, label, ranked } = stated;
      const definition: MetricDefinition = {
        metric,
        ...(unit !== undefined && { unit }),
        ...(label !== undefined && { label }),
        ranked,
        revision: (known?.revision ?? 0) + 1,
        updatedAt: this.clock.now(),
      };
      if (await this.definitions.save(definition)) return definition;
      await this.backoff(attempt);
    }
    throw new Unavailable(`The definition of ${stated.metric} is changed by too many at once.`);
  }
}

function says(known: MetricDefinition, { unit, label, ranked }: StatedDefinition): boolean {
  return known.unit === unit && known.label === label && known.ranked === ranked;
}
