import type {
  MetricDefinitions,
  ProjectionProgress,
} from '../../../application/statistics/ports/metric-definitions.ts';
import type { MetricDefinition } from '../../../domain/statistics/metric-definition.ts';
import { copyOf } from '../copy-of.ts';
import { LaggingMap } from '../lagging-map.ts';
import type { OnChange } from './statistics-change.ts';

export class InMemoryMetricDefinitions implements MetricDefinitions {
  readonly #definitions = new LaggingMap<string, MetricDefinition>();
  readonly #progress = new Map<string, ProjectionProgress>();

  /** @param onChange told of every definition that is saved */
  constructor(private readonly onChange: OnChange = () => {}) {}

  /** From now on eventual reads may miss up to this many of the last writes. */
  lag(writes: number): void {
    this.#definitions.lag(writes);
  }

  /** Brings eventual reads up to date once; later writes lag as before. */
  catchUp(): void {
    this.#definitions.catchUp();
  }

  async find(metric: string, consistency: 'eventual' | 'strong'): Promise<MetricDefinition | undefined> {
    return copyOf(this.#definitions.get(metric, consistency));
  }

  async definitionsOf(metrics: readonly string[]): Promise<ReadonlyMap<string, MetricDefinition>> {
    const found = metrics.flatMap((metric) => copyOf(this.#definitions.get(metric, 'strong')) ?? []);
    return new Map(found.map((definition) => [definition.metric, definition]));
  }

  async save(definition: MetricDefinition): Promise<boolean> {
    const { metric, revision } = definition;
    if ((this.#definitions.get(metric, 'strong')?.revision ?? 0) !== revision - 1) return false;
    this.#definitions.set(metric, copyOf(definition));
    this.onChange({ metric });
    return true;
  }

  async progressOf(metric: string): Promise<ProjectionProgress | undefined> {
    return copyOf(this.#progress.get(metric));
  }

  async saveProgress(metric: string, progress: ProjectionProgress): Promise<void> {
    this.#progress.set(metric, copyOf(progress));
  }
}
