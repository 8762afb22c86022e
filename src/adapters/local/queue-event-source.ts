import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { LocalQueue, QueuedMessage } from './queue.ts';

export interface QueueEventSourceOptions {
  readonly queue: LocalQueue;
  readonly handler: (event: SQSEvent) => Promise<SQSBatchResponse>;
  readonly deadLetters: LocalQueue;
  /** A message received so often goes to the dead letters. */
  readonly maxReceiveCount: number;
  readonly batchSize: number;
  /** Batches under way at once. */
  readonly concurrency: number;
  /** Resolves after so many milliseconds; what fails waits longer each time. */
  readonly wait: (ms: number) => Promise<void>;
  readonly onFailure: (reason: unknown, messages: readonly QueuedMessage[]) => void;
  readonly onDeadLetters: (messages: readonly QueuedMessage[]) => void;
}

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 20_000;

/** Queue → Lambda, as an event source mapping does it: batches, partial failures, redelivery, dead letters. */
export class QueueEventSource {
  private stopped = false;
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly options: QueueEventSourceOptions) {}

  /** Delivers until it is stopped. */
  async run(): Promise<void> {
    const { queue, concurrency } = this.options;
    while (!this.stopped) {
      await queue.whenReady();
      while (this.underWay.size >= concurrency) await Promise.race(this.underWay);
      if (!this.stopped) void this.start();
    }
    await Promise.all(this.underWay);
  }

  /** Delivers what is in the queue until nothing is left that can be received at once. */
  async drain(): Promise<void> {
    for (let batch = this.start(); batch !== undefined; batch = this.start()) await batch;
  }

  /** Ends `run` after the batches under way. What failed and waits for its next delivery stays in the queue. */
  stop(): void {
    this.stopped = true;
    this.options.queue.interrupt();
  }

  private start(): Promise<void> | undefined {
    const messages = this.options.queue.receive(this.options.batchSize);
    if (messages.length === 0) return undefined;
    const delivery: Promise<void> = this.deliver(messages).finally(() => this.underWay.delete(delivery));
    this.underWay.add(delivery);
    return delivery;
  }

  private async deliver(messages: readonly QueuedMessage[]): Promise<void> {
    const { queue, handler, deadLetters, maxReceiveCount, onFailure, onDeadLetters } = this.options;
    let failed: readonly QueuedMessage[];
    try {
      const { batchItemFailures } = await handler({
        Records: messages.map((message) => recordOf(queue.name, message)),
      });
      const ids = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      failed = messages.filter(({ id }) => ids.has(id));
    } catch (reason) {
      onFailure(reason, messages);
      failed = messages;
    }
    try {
      const dead = failed.filter(({ receiveCount }) => receiveCount >= maxReceiveCount);
      if (dead.length > 0) {
        await deadLetters.send(dead.map(({ body }) => body));
        onDeadLetters(dead);
      }
      const again = failed.filter((message) => !dead.includes(message));
      await queue.delete(messages.filter((message) => !again.includes(message)).map(({ id }) => id));
      if (again.length > 0) void this.releaseLater(again);
    } catch (reason) {
      // The journal could not be written. What the queue still has is delivered again now, the rest after a restart.
      onFailure(reason, messages);
      void this.releaseLater(messages);
    }
  }

  private async releaseLater(messages: readonly QueuedMessage[]): Promise<void> {
    const count = Math.max(...messages.map(({ receiveCount }) => receiveCount));
    await this.options.wait(Math.min(FIRST_RETRY_MS * 2 ** (count - 1), LONGEST_RETRY_MS));
    this.options.queue.release(messages.map(({ id }) => id));
  }
}

function recordOf(queueName: string, { id, body, sentAtMs, receiveCount }: QueuedMessage): SQSRecord {
  return {
    messageId: id,
    receiptHandle: id,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAtMs),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(sentAtMs),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:local:000000000000:${queueName}`,
    awsRegion: 'local',
  };
}
