import { Aws, CfnCondition, CfnParameter, Duration, Fn, Token } from 'aws-cdk-lib';
import {
  type CfnAlarm,
  Alarm,
  ComparisonOperator,
  Stats,
  TreatMissingData,
  type AlarmProps as CloudWatchAlarmProps,
  type IMetric,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { runbookOf, type AlarmKind } from '../observability/runbooks.ts';

export interface AlarmProps {
  readonly metric: IMetric;
  /** More than this alarms. */
  readonly threshold: number;
  /** How many periods in a row; one where nothing is said. */
  readonly periods?: number;
  /** What is wrong, and where to look. */
  readonly description: string;
}

export interface AbsenceProps {
  /** What should be told from time to time. */
  readonly metric: Metric;
  /** After so many hours without it. */
  readonly hours: number;
  readonly description: string;
}

/** Who is told of the alarms of a stack: a topic that a parameter names, or nobody. */
export class AlarmAction extends Construct {
  readonly #actions: string[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const topic = new CfnParameter(this, 'TopicArn', {
      description: 'A topic that is told of alarms; none: they are seen in CloudWatch alone.',
      default: 'none',
    });
    topic.overrideLogicalId('AlarmTopicArn');
    const isNamed = new CfnCondition(this, 'IsNamed', {
      expression: Fn.conditionNot(Fn.conditionEquals(topic.valueAsString, 'none')),
    });
    this.#actions = Token.asList(Fn.conditionIf(isNamed.logicalId, [topic.valueAsString], Aws.NO_VALUE));
  }

  /** An alarm for a metric that is above its threshold. Where there are no data, nothing is wrong. */
  above(
    scope: Construct,
    kind: AlarmKind,
    { metric, threshold, periods = 1, description }: AlarmProps,
  ): Alarm {
    return this.#alarm(scope, kind, {
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: description,
    });
  }

  /** An alarm for a metric of which nothing is told: where there are no data, that is what is wrong. */
  absent(scope: Construct, kind: AlarmKind, { metric, hours, description }: AbsenceProps): Alarm {
    return this.#alarm(scope, kind, {
      // By the hour: CloudWatch looks a few periods further back for data, which would be days.
      metric: metric.with({ statistic: Stats.SAMPLE_COUNT, period: Duration.hours(1) }),
      threshold: 1,
      evaluationPeriods: hours,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      alarmDescription: description,
    });
  }

  #alarm(
    scope: Construct,
    kind: AlarmKind,
    props: CloudWatchAlarmProps & { readonly alarmDescription: string },
  ): Alarm {
    const alarm = new Alarm(scope, `${kind}Alarm`, {
      ...props,
      alarmDescription: `${props.alarmDescription} Runbook: ${runbookOf(kind)}`,
    });
    const resource = alarm.node.defaultChild as CfnAlarm;
    resource.alarmActions = this.#actions;
    resource.okActions = this.#actions;
    return alarm;
  }
}
