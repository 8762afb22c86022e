import { describe, expect, it } from '@jest/globals';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { SqsImportQueue } from '../../../src/adapters/sqs/profiles/sqs-import-queue.ts';
import { sqsClient } from '../../../src/adapters/sqs/sqs-client.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { importIdAt } from '../../support/uploaded-imports.ts';

describe('the queue of imports, over the wire', () => {
  it('tells which import is to go on, and is unavailable where it does not answer', async () => {
    const server = await startFauxqs({ port: 0, logger: false });
    const { queueUrl: QueueUrl } = server.createQueue('imports');
    const client = sqsClient({ endpoint: `http://127.0.0.1:${server.port}` });
    const queue = new SqsImportQueue(client, QueueUrl);
    await queue.goOnWith(importIdAt(7));
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages.map(({ Body }) => JSON.parse(Body!) as unknown)).toEqual([{ importId: importIdAt(7) }]);
    await server.stop();
    await expect(queue.goOnWith(importIdAt(7))).rejects.toThrow(Unavailable);
    client.destroy();
  });
});
