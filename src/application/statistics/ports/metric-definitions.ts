import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { MetricDefinition } from '../../../domain/statistics/metric-definition.ts';

/** How far the series of a metric have been projected, after its definition has changed. */
export interface ProjectionProgress {
  /** Of the definition. */
  readonly revision: number;
  /** All companies up to this one are done; all there are where the projection is complete. */
  readonly after?: CompanyId;
  readonly isComplete: boolean;
}

export interface MetricDefinitions {
  /** A `strong` read is not behind any write. @throws Unavailable */
  find(metric: string, consistency: 'eventual' | 'strong'): Promise<MetricDefinition | undefined>;

  /** The definitions of those metrics that have one, by metric; not behind any write. @throws Unavailable */
  definitionsOf(metrics: readonly string[]): Promise<ReadonlyMap<string, MetricDefinition>>;

  /** Keeps a definition if its revision follows the stored one; answers whether it did. @throws Unavailable */
  save(definition: MetricDefinition): Promise<boolean>;

  progressOf(metric: string): Promise<ProjectionProgress | undefined>;

  saveProgress(metric: string, progress: ProjectionProgress): Promise<void>;
}
