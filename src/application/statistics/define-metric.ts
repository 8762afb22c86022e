import { isSame } from '../../domain/shared/equality.ts';
import { Unavailable } from '../../domain/shared/errors.ts';
import type { Backoff, Clock } from '../../domain/shared/time.ts';
import {
  definitionOf,
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
    const said = definitionOf(stated);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const known = await this.definitions.find(said.metric, 'strong');
      if (known !== undefined && isSame(factsOf(known), said)) return known;
      const revision = (known?.revision ?? 0) + 1;
      const definition: MetricDefinition = { ...said, revision, updatedAt: this.clock.now() };
      if (await this.definitions.save(definition)) return definition;
      await this.backoff(attempt);
    }
    throw new Unavailable(`The definition of ${said.metric} is changed by too many at once.`);
  }
}

function factsOf({ metric, unit, label, ranked }: MetricDefinition): object {
  return { metric, unit, label, ranked };
}
