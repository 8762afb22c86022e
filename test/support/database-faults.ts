import { randomUUID } from 'node:crypto';
import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

type Send = () => Promise<never>;

/** Runs `work` while the answers of the first tries of the command are replaced by what `fault` throws. */
async function withFault<Answer>(
  client: DynamoDBDocumentClient,
  commandName: string,
  fault: (send: Send, attempt: number, request: { body: Uint8Array }) => Promise<never>,
  work: () => Promise<Answer>,
): Promise<Answer> {
  let attempts = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== commandName) return next(args);
      return fault(() => next(args) as Promise<never>, ++attempts, args.request as { body: Uint8Array });
    },
    // After the client's own retries, so that it sees the fault as coming from the network.
    { step: 'finalizeRequest', name: 'databaseFault', priority: 'low' },
  );
  try {
    return await work();
  } finally {
    client.middlewareStack.remove('databaseFault');
  }
}

/**
 * Applies the command, loses its first answer and has the client send it again. The database has forgotten by then that
 * it knows the request, as it may after ten minutes or a restart.
 */
export async function losingTheFirstAnswer<Answer>(
  client: DynamoDBDocumentClient,
  commandName: string,
  work: () => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly attempts: number }> {
  let attempts = 0;
  const answer = await withFault(
    client,
    commandName,
    async (send, attempt, request) => {
      attempts = attempt;
      request.body = withNewRequestToken(request.body);
      const result = await send();
      if (attempt === 1)
        throw Object.assign(new Error('The answer did not arrive.'), { name: 'TimeoutError' });
      return result;
    },
    work,
  );
  return { answer, attempts };
}

/** Has another transaction keep the command out of its items so many times. */
export async function conflicting<Answer>(
  client: DynamoDBDocumentClient,
  commandName: string,
  times: number,
  work: () => Promise<Answer>,
): Promise<Answer> {
  return withFault(
    client,
    commandName,
    async (send, attempt) => {
      if (attempt > times) return send();
      const message = 'Transaction is ongoing for the item';
      if (!commandName.startsWith('Transact'))
        throw new TransactionConflictException({ message, $metadata: {} });
      throw new TransactionCanceledException({
        message,
        $metadata: {},
        CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
      });
    },
    work,
  );
}

/** Has the database, or the way to it, fail every try of the command in the same way. */
export async function failing<Answer>(
  client: DynamoDBDocumentClient,
  commandName: string,
  error: Error,
  work: () => Promise<Answer>,
): Promise<Answer> {
  return withFault(client, commandName, () => Promise.reject(error), work);
}

function withNewRequestToken(body: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(body);
  return new TextEncoder().encode(text.replace(/("ClientRequestToken":)"[^"]*"/, `$1"${randomUUID()}"`));
}
