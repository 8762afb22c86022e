import type { SNSMessage } from 'aws-lambda';
import type { LocalQueue } from './queue.ts';

export interface TopicMessage {
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A topic with the promises of SNS, whose subscriptions are queues. */
export class LocalTopic {
  private readonly subscriptions: LocalQueue[] = [];

  constructor(
    readonly name: string,
    private readonly now: () => number,
    private readonly newId: () => string,
  ) {}

  subscribe(queue: LocalQueue): void {
    this.subscriptions.push(queue);
  }

  /** Resolves when every subscription has the messages safe. */
  async publish(messages: readonly TopicMessage[]): Promise<void> {
    const bodies = messages.map((message) => JSON.stringify(this.envelopeOf(message)));
    await Promise.all(
      this.subscriptions.map(async (queue) => {
        await queue.whenRoom();
        await queue.send(bodies);
      }),
    );
  }

  /** What SNS puts into a queue, without the signature, which nobody checks behind a queue. */
  private envelopeOf({ message, attributes }: TopicMessage): Partial<SNSMessage> {
    return {
      Type: 'Notification',
      MessageId: this.newId(),
      TopicArn: `arn:aws:sns:local:000000000000:${this.name}`,
      Message: message,
      Timestamp: new Date(this.now()).toISOString(),
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([key, value]) => [key, { Type: 'String', Value: value }]),
      ),
    };
  }
}
