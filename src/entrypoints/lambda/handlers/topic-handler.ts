import type { SNSEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { MetricName } from '../../../../infra/observability/metrics.ts';
import { eventHeadersOf } from '../../../adapters/messaging/event-headers.ts';
import type { Log } from '../../../adapters/system/json-log.ts';
import type { Figures } from '../../../adapters/system/metrics.ts';
import type { ReceivedMessage, Receiver, Reception } from '../../../application/statistics/receiver.ts';
import type { RegistryMetrics } from '../../composition/metrics.ts';
import { counted } from './counted.ts';

/** A message, and what it led to. */
export interface Taken<Received extends Reception> {
  readonly message: ReceivedMessage;
  readonly received: Received;
}

export interface TopicHandlerOptions<Received extends Reception> {
  readonly receiver: { execute(message: ReceivedMessage): Promise<Received> } & Receiver;
  readonly log: Log;
  readonly metrics: RegistryMetrics;
  /** What goes to the log of a message that succeeded. */
  readonly tell: (received: Received, messageId: string) => void;
  /** What a batch comes to, beside what was set aside. */
  readonly figuresOf: (taken: readonly Taken<Received>[]) => Figures<MetricName>;
}

/**
 * Topic → statistics, by a queue or directly: takes the events of both, and needs no order.
 *
 * Behind a queue what failed is reported and comes again alone; a direct delivery fails as a whole.
 */
export function topicHandler<Received extends Reception>({
  receiver,
  log,
  metrics,
  tell,
  figuresOf,
}: TopicHandlerOptions<Received>) {
  return async (event: SQSEvent | SNSEvent): Promise<SQSBatchResponse> => {
    const messages = event.Records.map((record) =>
      'Sns' in record ? fromTopic(record.Sns) : fromQueue(record),
    );
    const results = await Promise.allSettled(messages.map((message) => receiveOne(message)));
    const failed = results.flatMap((result, index) =>
      result.status === 'rejected' ? [{ message: messages[index]!, reason: result.reason as unknown }] : [],
    );
    for (const { message, reason } of failed) {
      log.warn('a message failed and comes again', { ...namesOf(message), error: reason });
    }
    const taken = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const setAside = taken.filter(({ received: { reason } }) => reason !== undefined).length;
    metrics.emit({ ...figuresOf(taken), SetAside: counted(setAside) });
    if (failed.length > 0 && event.Records.some((record) => 'Sns' in record)) throw failed[0]!.reason;
    return { batchItemFailures: failed.map(({ message }) => ({ itemIdentifier: message.messageId })) };
  };

  async function receiveOne(message: ReceivedMessage): Promise<Taken<Received>> {
    const received = await receiver.execute(message);
    const { outcome, reason } = received;
    // The reason may quote the message: it is kept with it, and not told here.
    if (reason !== undefined) log.error('a message was set aside', { alarm: outcome, ...namesOf(message) });
    tell(received, message.messageId);
    return { message, received };
  }
}

/** By what a message is found again: by itself, and in what led to it. */
function namesOf({ messageId, payload }: ReceivedMessage): { messageId: string; requestId?: string } {
  const { requestId } = eventHeadersOf(payload);
  return { messageId, ...(requestId !== undefined && { requestId }) };
}

function fromTopic(sns: SNSEvent['Records'][number]['Sns']): ReceivedMessage {
  return { messageId: sns.MessageId, sentAt: sns.Timestamp, payload: sns.Message };
}

/** A queue behind a topic holds the topic's envelope; with raw message delivery, or sent by hand, the message itself. */
function fromQueue({ messageId, attributes, body }: SQSEvent['Records'][number]): ReceivedMessage {
  return {
    messageId,
    sentAt: new Date(Number(attributes.SentTimestamp)).toISOString(),
    payload: messageInEnvelope(body) ?? body,
  };
}

function messageInEnvelope(body: string): string | undefined {
  try {
    const envelope = JSON.parse(body) as { Type?: unknown; Message?: unknown } | null;
    return envelope?.Type === 'Notification' && typeof envelope.Message === 'string'
      ? envelope.Message
      : undefined;
  } catch {
    return undefined;
  }
}
