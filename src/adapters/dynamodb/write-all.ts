import {
  PutCommand,
  TransactWriteCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Backoff } from '../../domain/shared/time.ts';
import { answerOf, refusalOf, refusalsOf, type Refusal } from './errors.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * All writes or none, one Put alone as the plain write that it is. Undefined when written, else what refused, in the
 * order of the writes.
 *
 * @throws Unavailable
 */
export async function writeAll(
  client: DynamoDBDocumentClient,
  writes: readonly Write[],
  backoff: Backoff,
): Promise<readonly (Refusal | undefined)[] | undefined> {
  const [only, ...others] = writes;
  try {
    if (only?.Put && others.length === 0) {
      const request = new PutCommand(only.Put);
      await answerOf(() => client.send(request), backoff);
    } else {
      const request = new TransactWriteCommand({ TransactItems: [...writes] });
      await answerOf(() => client.send(request), backoff);
    }
    return undefined;
  } catch (error) {
    const refusal = refusalOf(error);
    const refusals = refusal ? [refusal] : refusalsOf(error);
    if (refusals === undefined) throw error;
    return refusals;
  }
}
