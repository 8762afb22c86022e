import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { EntrypointFunction } from '../constructs/entrypoint-function.ts';
import type { MetricName } from './metrics.ts';
import { serviceMetric, type Statistic } from './service-metric.ts';

type Told = readonly [MetricName, Statistic];

const GRAPHS: Readonly<Record<'profiles' | 'statistics', Readonly<Record<string, readonly Told[]>>>> = {
  profiles: {
    'Imports of uploaded files': [
      ['Imports', 'Sum'],
      ['FailedImports', 'Sum'],
    ],
    'Objects set aside': [['SetAside', 'Sum']],
  },
  statistics: {
    'From a rename to its write (ms)': [
      ['RenamePropagation', 'p50'],
      ['RenamePropagation', 'p99'],
    ],
    'From observations to their write (ms)': [
      ['ObservationLag', 'p50'],
      ['ObservationLag', 'p99'],
    ],
    'Company events that changed nothing': [
      ['Duplicate', 'Sum'],
      ['Stale', 'Sum'],
    ],
    'Forks, and messages set aside': [
      ['Fork', 'Sum'],
      ['SetAside', 'Sum'],
    ],
  },
};

const FULL_WIDTH = 24;

/** What there is to see of a service: its alarms, what it tells of itself, and its Lambdas. Made when these are. */
export class ServiceDashboard extends Construct {
  constructor(scope: Construct, id: string, service: 'profiles' | 'statistics') {
    super(scope, id);
    const everything = Stack.of(this).node.findAll();
    const alarms = everything.filter((one) => one instanceof Alarm);
    const lambdas = everything.filter((one) => one instanceof EntrypointFunction);
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.hours(3) });
    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: FULL_WIDTH }));
    dashboard.addWidgets(
      ...Object.entries(GRAPHS[service]).map(([title, told]) =>
        graph(
          title,
          told.map(([name, statistic]) =>
            serviceMetric(service, name, statistic).with({ label: `${name} ${statistic}` }),
          ),
        ),
      ),
    );
    dashboard.addWidgets(
      graph(
        'Lambdas: invocations',
        lambdas.map((one) => one.function.metricInvocations({ label: one.node.id })),
      ),
      graph(
        'Lambdas: errors',
        lambdas.map((one) => one.function.metricErrors({ label: one.node.id })),
      ),
      graph(
        'Lambdas: duration, p99 (ms)',
        lambdas.map((one) => one.function.metricDuration({ statistic: 'p99', label: one.node.id })),
      ),
    );
    new CfnOutput(this, 'Name', { value: dashboard.dashboardName }).overrideLogicalId('DashboardName');
  }
}

function graph(title: string, left: IMetric[]): IWidget {
  return new GraphWidget({ title, left, leftYAxis: { min: 0 } });
}
