import { createHash } from 'node:crypto';
import type { IdempotentRequest } from '../../../application/profiles/ports/company-repository.ts';
import type { ApiRequest } from '../api-request.ts';
import { InvalidRequest } from '../invalid-request.ts';
import type { Parameter } from '../route.ts';

export const IDEMPOTENCY_KEY: Parameter = {
  in: 'header',
  name: 'Idempotency-Key',
  description:
    'Any name of this one request. Sent again with the same body, it is answered as the first time, and nothing is registered twice.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  example: 'apple-1',
};

/** What makes a request the same one again, where the caller wants that. @throws InvalidRequest */
export function idempotentRequestOf(request: ApiRequest, json: unknown): IdempotentRequest | undefined {
  const key = request.header('idempotency-key');
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw InvalidRequest.at('Idempotency-Key', 'must be 1 to 255 visible ASCII characters');
  }
  return { caller: request.caller, key, digest: createHash('sha256').update(canonical(json)).digest('hex') };
}

/** JSON text that is the same however the body was laid out and ordered. */
function canonical(json: unknown): string {
  return JSON.stringify(json, (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const members = Object.entries(value as Record<string, unknown>);
    return Object.fromEntries(members.sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}
