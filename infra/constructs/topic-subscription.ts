import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import type { AlarmAction } from './alarm-action.ts';
import { DeadLetters } from './dead-letters.ts';
import type { EntrypointFunction } from './entrypoint-function.ts';
import { FedQueue } from './fed-queue.ts';

export interface TopicSubscriptionProps {
  /** The topic may be of another stack: all that is known of it is its name. */
  readonly topicArn: string;
  readonly delivery: Settings['delivery'];
  /** Of the Lambda that takes the messages. */
  readonly timeout: Duration;
  readonly alarms: AlarmAction;
}

const LONGEST_ASYNCHRONOUS_RETRY = Duration.hours(6);

/** A topic → a Lambda, by a queue or directly. */
export class TopicSubscription extends Construct {
  readonly #topicArn: string;
  /** What the topic could not deliver. */
  readonly #undelivered: Queue;
  /** Between them: a queue, or where direct deliveries go that the Lambda could not take. */
  readonly #between: FedQueue | DeadLetters;

  constructor(scope: Construct, id: string, { topicArn, delivery, timeout, alarms }: TopicSubscriptionProps) {
    super(scope, id);
    this.#topicArn = topicArn;
    this.#undelivered = new DeadLetters(this, 'Undelivered', {
      says: 'messages that the topic could not hand over. Mend what failed, then have them sent again.',
      alarms,
    }).queue;
    this.#allowTopicToSend(this.#undelivered);
    this.#between =
      delivery === 'queue'
        ? new FedQueue(this, 'Queue', { timeout, alarms })
        : new DeadLetters(this, 'Failed', {
            says: 'invocations that failed too often. Mend what failed, then invoke the Lambda again with what each holds.',
            alarms,
          });
  }

  /** Statements for the role of the Lambda that takes the messages. */
  allow(): PolicyStatement[] {
    if (this.#between instanceof FedQueue) return this.#between.allowReceiving();
    return [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.#between.queue.queueArn] })];
  }

  /** @param batchWindowS how long messages wait in the queue for others */
  deliverTo(consumer: EntrypointFunction, batchWindowS: number): void {
    if (this.#between instanceof FedQueue) {
      this.#allowTopicToSend(this.#between.queue);
      this.#between.feed(consumer, batchWindowS);
      this.#subscribe('sqs', this.#between.queue.queueArn);
      return;
    }
    new CfnEventInvokeConfig(this, 'Retries', {
      functionName: consumer.function.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: LONGEST_ASYNCHRONOUS_RETRY.toSeconds(),
      destinationConfig: { onFailure: { destination: this.#between.queue.queueArn } },
    }).node.addDependency(consumer.role);
    consumer.function.addPermission('Topic', {
      principal: new ServicePrincipal('sns.amazonaws.com'),
      sourceArn: this.#topicArn,
    });
    this.#subscribe('lambda', consumer.function.functionArn);
  }

  #subscribe(protocol: 'sqs' | 'lambda', endpoint: string): void {
    new CfnSubscription(this, 'Subscription', {
      topicArn: this.#topicArn,
      protocol,
      endpoint,
      redrivePolicy: { deadLetterTargetArn: this.#undelivered.queueArn },
    });
  }

  #allowTopicToSend(queue: Queue): void {
    queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': this.#topicArn } },
      }),
    );
  }
}
