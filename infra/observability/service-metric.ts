import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS_NAMESPACE, SERVICE_DIMENSION, type MetricName, type Service } from './metrics.ts';

/** How a metric is looked at: a sum, the largest, or a percentile. */
export type Statistic = 'Sum' | 'Maximum' | 'p50' | 'p99';

/** A metric that a service tells of itself, five minutes at a time. */
export function serviceMetric(service: Service, metricName: MetricName, statistic: Statistic): Metric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { [SERVICE_DIMENSION]: service },
    statistic,
    period: Duration.minutes(5),
  });
}
