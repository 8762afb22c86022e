import { Aws, CfnCondition, CfnParameter, Fn, Token } from 'aws-cdk-lib';
import {
  type CfnAlarm,
  Alarm,
  ComparisonOperator,
  TreatMissingData,
  type IMetric,
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
    const alarm = new Alarm(scope, `${kind}Alarm`, {
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${description} Runbook: ${runbookOf(kind)}`,
    });
    const resource = alarm.node.defaultChild as CfnAlarm;
    resource.alarmActions = this.#actions;
    resource.okActions = this.#actions;
    return alarm;
  }
}
