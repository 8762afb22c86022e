import {
  METRICS,
  METRICS_NAMESPACE,
  SERVICE_DIMENSION,
  type MetricName,
  type Service,
} from '../../../infra/observability/metrics.ts';
import { embeddedMetrics } from '../../adapters/system/embedded-metrics.ts';
import type { Metrics } from '../../adapters/system/metrics.ts';

export type RegistryMetrics = Metrics<MetricName>;

/** What a Lambda of a service tells of itself, among the lines of its log. */
export function lambdaMetrics(service: Service): RegistryMetrics {
  return embeddedMetrics({
    stream: process.stdout,
    namespace: METRICS_NAMESPACE,
    dimensions: { [SERVICE_DIMENSION]: service },
    units: METRICS,
    nowMs: Date.now,
  });
}
