import type { MetricName } from '../../infra/observability/metrics.ts';
import type { RegistryMetrics } from '../../src/entrypoints/composition/metrics.ts';

export interface RecordedMetrics extends RegistryMetrics {
  /** Of each metric that was told, all values in their order. */
  readonly figures: Readonly<Partial<Record<MetricName, readonly number[]>>>;
}

/** Keeps what is told, for a test to look at. */
export function recordedMetrics(): RecordedMetrics {
  const figures: Partial<Record<MetricName, number[]>> = {};
  return {
    figures,
    emit: (told) => {
      for (const [name, values] of Object.entries(told) as [MetricName, readonly number[]][]) {
        if (values.length > 0) (figures[name] ??= []).push(...values);
      }
    },
  };
}
