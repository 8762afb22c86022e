import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AlarmAction } from '../constructs/alarm-action.ts';
import type { MetricName, Service } from './metrics.ts';
import type { AlarmKind } from './runbooks.ts';
import { serviceMetric, type Statistic } from './service-metric.ts';

interface ServiceAlarm {
  readonly metric: MetricName & AlarmKind;
  readonly statistic: Statistic;
  /** More than this alarms. */
  readonly threshold: number;
  /** So many times five minutes in a row. */
  readonly periods: number;
  readonly says: string;
  /** Who tells the metric, where it is not the service itself. */
  readonly toldBy?: Service;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** An audit is to run every day, and takes its time. */
const HOURS_WITHOUT_AUDIT = 26;

/** What a person must look at. That events are stale or doubled is no reason: it is on the dashboard. */
const ALARMS: Readonly<Record<'profiles' | 'statistics', readonly ServiceAlarm[]>> = {
  profiles: [
    {
      metric: 'SetAside',
      statistic: 'Sum',
      threshold: 0,
      periods: 1,
      says: 'an uploaded object belongs to nothing, and was set aside.',
    },
    {
      metric: 'FailedImports',
      statistic: 'Sum',
      threshold: 0,
      periods: 1,
      says: 'the import of an uploaded file failed.',
    },
  ],
  statistics: [
    {
      metric: 'RenamePropagation',
      statistic: 'p99',
      threshold: 30 * SECOND_MS,
      periods: 3,
      says: 'renames take more than 30 seconds to arrive.',
    },
    {
      metric: 'ObservationLag',
      statistic: 'p99',
      threshold: 5 * MINUTE_MS,
      periods: 3,
      says: 'observations wait for more than 5 minutes.',
    },
    {
      metric: 'Fork',
      statistic: 'Sum',
      threshold: 0,
      periods: 1,
      says: 'an event contradicts what is known of its company at the same version.',
    },
    {
      metric: 'SetAside',
      statistic: 'Sum',
      threshold: 0,
      periods: 1,
      says: 'a message can never succeed as it is, and was set aside.',
    },
    {
      metric: 'Drift',
      statistic: 'Maximum',
      threshold: 0,
      periods: 1,
      says: 'the last audit found that statistics disagrees with the profiles, or with itself.',
      toldBy: 'audit',
    },
  ],
};

/** The alarms for what a service tells of itself, and for an audit that tells nothing. */
export function addServiceAlarms(
  scope: Construct,
  service: 'profiles' | 'statistics',
  alarms: AlarmAction,
): void {
  for (const { metric, statistic, threshold, periods, says, toldBy = service } of ALARMS[service]) {
    alarms.above(scope, metric, {
      metric: serviceMetric(toldBy, metric, statistic),
      threshold,
      periods,
      description: `${Stack.of(scope).stackName}: ${says}`,
    });
  }
  if (service === 'statistics') {
    alarms.absent(scope, 'NoAudit', {
      metric: serviceMetric('audit', 'Drift', 'Maximum'),
      hours: HOURS_WITHOUT_AUDIT,
      description: `${Stack.of(scope).stackName}: no audit has told what it found for more than a day.`,
    });
  }
}
