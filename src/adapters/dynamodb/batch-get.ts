import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Unavailable } from '../../domain/shared/errors.ts';
import { answerOf, type Item } from './errors.ts';
import { fullJitter } from '../system/full-jitter.ts';
import type { Backoff } from '../../domain/shared/time.ts';
import { inParallel } from '../../domain/shared/in-parallel.ts';
import type { ItemKey } from './keys.ts';

/** The most that DynamoDB takes at once. */
const BATCH = 100;
const PARALLEL = 4;
const TRIES = 8;

/**
 * The items at the keys as of now, those that there are, in no promised order.
 *
 * @param keys no two of them equal
 * @throws Unavailable
 */
export async function batchGet(
  client: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly ItemKey[],
  backoff: Backoff = fullJitter,
): Promise<Item[]> {
  const batches = Array.from({ length: Math.ceil(keys.length / BATCH) }, (_, index) =>
    keys.slice(index * BATCH, (index + 1) * BATCH),
  );
  return (await inParallel(batches, PARALLEL, (batch) => getBatch(client, tableName, batch, backoff))).flat();
}

async function getBatch(
  client: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly ItemKey[],
  backoff: Backoff,
): Promise<Item[]> {
  const items: Item[] = [];
  let missing = keys.map(({ pk, sk }): Record<string, unknown> => ({ pk, sk }));
  for (let tries = 1; ; tries++) {
    const request = new BatchGetCommand({
      RequestItems: { [tableName]: { Keys: missing, ConsistentRead: true } },
    });
    const answer = await answerOf(() => client.send(request), backoff);
    items.push(...(answer.Responses?.[tableName] ?? []));
    missing = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (missing.length === 0) return items;
    if (tries === TRIES) throw new Unavailable('The database was too busy to answer completely.');
    await backoff(tries);
  }
}
