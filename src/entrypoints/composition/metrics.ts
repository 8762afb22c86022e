import { METRICS, SERVICE_DIMENSION, type MetricName } from '../../../infra/observability/metrics.ts';
import { embeddedMetrics } from '../../adapters/system/embedded-metrics.ts';
import type { Metrics } from '../../adapters/system/metrics.ts';
import type { LambdaContext } from './lambda.ts';

export type RegistryMetrics = Metrics<MetricName>;

/** What a Lambda of a service tells of itself, among the lines of its log. */
export function lambdaMetrics(
  { config: { metricsNamespace: namespace } }: LambdaContext,
  service: 'profiles' | 'statistics',
): RegistryMetrics {
  return embeddedMetrics({
    stream: process.stdout,
    namespace,
    dimensions: { [SERVICE_DIMENSION]: service },
    units: METRICS,
    nowMs: Date.now,
  });
}
