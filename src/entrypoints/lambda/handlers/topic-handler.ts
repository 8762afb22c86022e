import type { SNSEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Log } from '../../../adapters/system/json-log.ts';
import type { ReceivedMessage, Receiver, Reception } from '../../../application/statistics/receiver.ts';

/**
 * Topic → statistics, by a queue or directly: takes the events of both, and needs no order.
 *
 * Behind a queue what failed is reported and comes again alone; a direct delivery fails as a whole.
 *
 * @param tell what goes to the log of a message that succeeded
 */
export function topicHandler<Received extends Reception>(
  receiver: { execute(message: ReceivedMessage): Promise<Received> } & Receiver,
  log: Log,
  tell: (received: Received, messageId: string) => void,
) {
  return async (event: SQSEvent | SNSEvent): Promise<SQSBatchResponse> => {
    const messages = event.Records.map((record) =>
      'Sns' in record ? fromTopic(record.Sns) : fromQueue(record),
    );
    const results = await Promise.allSettled(messages.map((message) => receiveOne(message)));
    const failed = results.flatMap((result, index) =>
      result.status === 'rejected' ? [{ message: messages[index]!, reason: result.reason as unknown }] : [],
    );
    for (const { message, reason } of failed) {
      log.warn('a message failed and comes again', { messageId: message.messageId, error: reason });
    }
    if (failed.length > 0 && event.Records.some((record) => 'Sns' in record)) throw failed[0]!.reason;
    return { batchItemFailures: failed.map(({ message }) => ({ itemIdentifier: message.messageId })) };
  };

  async function receiveOne(message: ReceivedMessage): Promise<void> {
    const received = await receiver.execute(message);
    const { messageId } = message;
    const { outcome, reason } = received;
    if (reason !== undefined) log.error('a message was set aside', { alarm: outcome, messageId, reason });
    tell(received, messageId);
  }
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
