import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  type AttributeValue,
  type CancellationReason,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { Unavailable } from '../../domain/shared/errors.ts';
import { fullJitter } from '../system/full-jitter.ts';
import type { Backoff } from '../../domain/shared/time.ts';

/** How often a write is tried that transactions on the same items keep out. */
const CONTENDED_TRIES = 8;

export type Item = Readonly<Record<string, unknown>>;

/**
 * Sends to DynamoDB what `send` sends. The client itself repeats what throttling and the network broke; what other
 * transactions kept out is sent again here.
 *
 * @throws Unavailable where DynamoDB did not answer, or was busy for too long; whatever else `send` throws
 */
export async function answerOf<Answer>(
  send: () => Promise<Answer>,
  backoff: Backoff = fullJitter,
): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await send();
    } catch (error) {
      if (isContention(error) && tries < CONTENDED_TRIES) await backoff(tries);
      else if (isContention(error))
        throw new Unavailable('Too many write the same items at once.', { cause: error });
      else if (isTransient(error))
        throw new Unavailable('The database did not answer in time.', { cause: error });
      else throw error;
    }
  }
}

/** That a condition refused a write, and the item that it found, if any. */
export interface Refusal {
  readonly found: Item | undefined;
}

/** The refusal that `error` tells of; undefined for errors of other kinds. */
export function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof ConditionalCheckFailedException ? refusal(error.Item) : undefined;
}

/**
 * The refusals of a transaction that conditions cancelled, one place for each of its writes, undefined where it refused
 * nothing; undefined for errors of other kinds.
 */
export function refusalsOf(error: unknown): readonly (Refusal | undefined)[] | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const reasons = error.CancellationReasons ?? [];
  if (!reasons.some(isRefusal)) return undefined;
  return reasons.map((reason) => (isRefusal(reason) ? refusal(reason.Item) : undefined));
}

function isRefusal({ Code }: CancellationReason): boolean {
  return Code === 'ConditionalCheckFailed';
}

function refusal(item: Record<string, AttributeValue> | undefined): Refusal {
  return { found: item && unmarshall(item) };
}

const CONTENTION = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

function isContention(error: unknown): boolean {
  if (error instanceof TransactionCanceledException) {
    return (error.CancellationReasons ?? []).some(({ Code }) => CONTENTION.has(Code ?? ''));
  }
  return nameOf(error) === 'TransactionConflictException';
}

const TRANSIENT = new Set([
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'ServiceUnavailable',
  'ThrottlingException',
  'TimeoutError',
  'TransactionInProgressException',
]);

const NETWORK = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);

function isTransient(error: unknown): boolean {
  const { $fault, code } = error as { $fault?: string; code?: string };
  return $fault === 'server' || TRANSIENT.has(nameOf(error)) || NETWORK.has(code ?? '');
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
