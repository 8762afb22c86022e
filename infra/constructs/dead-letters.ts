import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledged.ts';
import type { AlarmAction } from './alarm-action.ts';

export interface DeadLettersProps {
  /** What they are, and what is to be done with them, for whom the alarm wakes. */
  readonly says: string;
  readonly alarms: AlarmAction;
}

/** Where messages go that nobody could take, for as long as a queue keeps any, with an alarm for the first one. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { says, alarms }: DeadLettersProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    acknowledge(this.queue, { 'AwsSolutions-SQS3': 'It is where dead letters go.' });
    alarms.above(this, 'NotEmpty', {
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 0,
      description: `${this.node.path}: ${says}`,
    });
  }
}
