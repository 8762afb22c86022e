import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AlarmAction } from './alarm-action.ts';
import { DeadLetters } from './dead-letters.ts';
import type { EntrypointFunction } from './entrypoint-function.ts';

export interface FedQueueProps {
  /** Of the Lambda that takes the messages. */
  readonly timeout: Duration;
  /** A message that waits for longer alarms. */
  readonly oldest?: Duration;
  readonly alarms: AlarmAction;
}

// With what a queue waits between receives, some hours: longer than what fails in passing.
const MOST_RECEIVES = 30;
// What AWS asks for, so that a message is not received again while a batch with it is retried.
const VISIBILITY_IN_TIMEOUTS = 6;
const OLDEST = Duration.minutes(15);
const LARGEST_BATCH = 10;

/** A queue in front of a Lambda, with its dead letters. */
export class FedQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { timeout, oldest = OLDEST, alarms }: FedQueueProps) {
    super(scope, id);
    const { queue: deadLetters } = new DeadLetters(this, 'DeadLetters', {
      says: 'messages failed too often. Mend what failed, then move them back to their queue.',
      alarms,
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(VISIBILITY_IN_TIMEOUTS * timeout.toSeconds()),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: MOST_RECEIVES },
    });
    alarms.above(this, 'Age', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1) }),
      threshold: oldest.toSeconds(),
      description: `${this.node.path}: a message waits for more than ${oldest.toMinutes()} minutes.`,
    });
  }

  /** Statements for the role of the Lambda that takes the messages. */
  allowReceiving(): PolicyStatement[] {
    const actions = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
    return [
      new PolicyStatement({
        actions: [...actions, 'sqs:ReceiveMessage'],
        resources: [this.queue.queueArn],
      }),
    ];
  }

  /** @param batchWindowS how long a batch may wait to become larger */
  feed(consumer: EntrypointFunction, batchWindowS: number, batchSize = LARGEST_BATCH): void {
    const mapping = new CfnEventSourceMapping(this, 'Mapping', {
      eventSourceArn: this.queue.queueArn,
      functionName: consumer.function.functionArn,
      batchSize,
      maximumBatchingWindowInSeconds: batchWindowS,
      functionResponseTypes: ['ReportBatchItemFailures'],
    });
    mapping.node.addDependency(consumer.role);
  }
}
