import type { SNSEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Log } from '../../../adapters/system/json-log.ts';
import type {
  ReceiveCompanyEvent,
  ReceivedMessage,
} from '../../../application/statistics/receive-company-event.ts';

/**
 * Topic → statistics, by a queue or directly: takes the events of both, and needs no order.
 *
 * Behind a queue what failed is reported and comes again alone; a direct delivery fails as a whole.
 */
export function companyEventsHandler(receive: ReceiveCompanyEvent, log: Log) {
  return async (event: SQSEvent | SNSEvent): Promise<SQSBatchResponse> => {
    const messages = event.Records.map((record) =>
      'Sns' in record ? fromTopic(record.Sns) : fromQueue(record),
    );
    const results = await Promise.allSettled(messages.map((message) => receiveOne(message)));
    const failed = results.flatMap((result, index) =>
      result.status === 'rejected' ? [{ message: messages[index]!, reason: result.reason as unknown }] : [],
    );
    for (const { message, reason } of failed) {
      log.warn('a company event failed and comes again', { messageId: message.messageId, error: reason });
    }
    if (failed.length > 0 && event.Records.some((record) => 'Sns' in record)) throw failed[0]!.reason;
    return { batchItemFailures: failed.map(({ message }) => ({ itemIdentifier: message.messageId })) };
  };

  async function receiveOne(message: ReceivedMessage): Promise<void> {
    const reception = await receive.execute(message);
    const { outcome } = reception;
    if ('reason' in reception) {
      log.error('a company event was set aside', {
        alarm: outcome,
        messageId: message.messageId,
        reason: reception.reason,
      });
      return;
    }
    const { companyId, position, requestId } = reception.change;
    log.info('company event', { outcome, companyId, ...position, requestId, lagMs: reception.lagMs });
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
