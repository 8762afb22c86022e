import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ImportQueue } from '../../../application/profiles/ports/import-queue.ts';
import type { ImportId } from '../../../domain/profiles/import/file-import.ts';
import { Unavailable } from '../../../domain/shared/errors.ts';

/** Imports go on by the queue that begins them. */
export class SqsImportQueue implements ImportQueue {
  constructor(
    private readonly client: SQSClient,
    private readonly queueUrl: string,
  ) {}

  async goOnWith(importId: ImportId): Promise<void> {
    const MessageBody = JSON.stringify({ importId });
    try {
      await this.client.send(new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody }));
    } catch (error) {
      const { $fault, $metadata } = error as {
        $fault?: string;
        $metadata?: { readonly httpStatusCode?: number };
      };
      const isUnanswered = $metadata !== undefined && $metadata.httpStatusCode === undefined;
      if (isUnanswered || $fault === 'server' || $metadata?.httpStatusCode === 429)
        throw new Unavailable('The queue of imports did not answer in time.', { cause: error });
      throw error;
    }
  }
}
