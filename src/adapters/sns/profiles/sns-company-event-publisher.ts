import { PublishBatchCommand, type PublishBatchRequestEntry, type SNSClient } from '@aws-sdk/client-sns';
import type {
  CompanyEventPublisher,
  PublishableEvent,
} from '../../../application/profiles/ports/company-event-publisher.ts';
import { eventMessage } from '../../messaging/event-message.ts';

// Limits of PublishBatch: ten entries, and 256 KiB for all of them, attributes included.
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1024;
// What the attributes of one entry may add.
const ATTRIBUTE_BYTES = 200;
const ATTEMPTS = 3;

interface Entry {
  readonly index: number;
  readonly request: PublishBatchRequestEntry;
  readonly bytes: number;
}

/** Publishes company events to an SNS topic, as CloudEvents with their type and companyId as message attributes. */
export class SnsCompanyEventPublisher implements CompanyEventPublisher {
  constructor(
    private readonly client: SNSClient,
    private readonly topicArn: string,
    private readonly epoch: number,
    private readonly pause: (attempt: number) => Promise<void>,
    private readonly onFailure: (reason: unknown) => void,
  ) {}

  async publish(events: readonly PublishableEvent[]): Promise<readonly number[]> {
    let waiting = events.map((event, index) => this.entryOf(event, index));
    for (let attempt = 1; waiting.length > 0 && attempt <= ATTEMPTS; attempt++) {
      if (attempt > 1) await this.pause(attempt);
      const failed = await Promise.all(batchesOf(waiting).map((batch) => this.publishBatch(batch)));
      waiting = failed.flat();
    }
    return waiting.map(({ index }) => index).sort((a, b) => a - b);
  }

  /** Answers with the entries that the topic did not take: a batch can fail in part, on a 200. */
  private async publishBatch(batch: readonly Entry[]): Promise<readonly Entry[]> {
    try {
      const { Failed = [] } = await this.client.send(
        new PublishBatchCommand({
          TopicArn: this.topicArn,
          PublishBatchRequestEntries: batch.map(({ request }) => request),
        }),
      );
      const failed = new Set(Failed.map(({ Id }) => Id));
      return batch.filter(({ request }) => failed.has(request.Id));
    } catch (reason) {
      // The client has retried what may be retried. Whatever the reason, nothing of this batch is known to be out.
      this.onFailure(reason);
      return batch;
    }
  }

  private entryOf({ event, requestId }: PublishableEvent, index: number): Entry {
    const message = eventMessage(event, this.epoch, requestId);
    const text = JSON.stringify(message);
    return {
      index,
      bytes: Buffer.byteLength(text) + ATTRIBUTE_BYTES,
      request: {
        Id: String(index),
        Message: text,
        MessageAttributes: {
          type: { DataType: 'String', StringValue: message.type },
          companyId: { DataType: 'String', StringValue: event.companyId },
        },
      },
    };
  }
}

function batchesOf(entries: readonly Entry[]): Entry[][] {
  const batches: Entry[][] = [];
  let bytes = Infinity;
  for (const entry of entries) {
    const current = batches.at(-1);
    if (current === undefined || current.length === MAX_ENTRIES || bytes + entry.bytes > MAX_BYTES) {
      batches.push([entry]);
      bytes = entry.bytes;
    } else {
      current.push(entry);
      bytes += entry.bytes;
    }
  }
  return batches;
}
