import type { APIGatewayProxyResult } from 'aws-lambda';
import { InvalidInput, RegistryError, type ErrorKind } from '../../domain/shared/errors.ts';
import { InvalidRequest, type Fault } from './invalid-request.ts';
import { pointerOf } from './pointer.ts';
import { Refusal } from './refusal.ts';

/** What an error's kind means in HTTP. */
const STATUS_OF_KIND: Readonly<
  Record<ErrorKind, { status: number; headers?: Readonly<Record<string, string>> }>
> = {
  'invalid-input': { status: 400 },
  'not-found': { status: 404 },
  conflict: { status: 409 },
  'version-mismatch': { status: 412 },
  'version-required': { status: 428 },
  'key-reused': { status: 422 },
  'not-yet-synced': { status: 409, headers: { 'retry-after': '1' } },
  unavailable: { status: 503, headers: { 'retry-after': '2' } },
};

/** More faults than this in one request help nobody. */
const MOST_FAULTS = 50;

/** An RFC 9457 problem: why a request was not fulfilled. Beside these members stand the facts of its type. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly Fault[];
}

/** Any error, as an answer. What nobody expected is a 500 that tells nothing of its inside. */
export function problemResult(error: unknown, requestId: string): APIGatewayProxyResult {
  if (error instanceof Refusal)
    return result(error.status, error.slug, error.message, requestId, error.headers);
  if (error instanceof RegistryError) {
    const { status, headers } = STATUS_OF_KIND[error.kind];
    const faults = faultsOf(error);
    if (faults === undefined)
      return result(status, error.slug, error.message, requestId, headers, error.facts);
    return result(status, error.slug, summaryOf(faults), requestId, headers, {
      errors: faults.slice(0, MOST_FAULTS),
    });
  }
  return result(
    500,
    'internal-error',
    'Something went wrong here. The log knows more by the requestId.',
    requestId,
  );
}

function result(
  status: number,
  slug: string,
  detail: string,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
  more: Readonly<Record<string, unknown>> = {},
): APIGatewayProxyResult {
  const type = `urn:company-registry:problem:${slug}`;
  const title = slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ');
  const problem: Problem = { type, title, status, detail, requestId };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json', 'x-request-id': requestId, ...headers },
    body: JSON.stringify({ ...problem, ...without(problem, more) }),
  };
}

function faultsOf(error: RegistryError): readonly Fault[] | undefined {
  if (error instanceof InvalidRequest) return error.faults;
  if (error instanceof InvalidInput) {
    return error.violations.map(({ path, detail }) => ({ pointer: pointerOf(path), detail }));
  }
  return undefined;
}

function summaryOf(faults: readonly Fault[]): string {
  const [first] = faults;
  if (first === undefined) return 'The request is not valid.';
  const more = faults.length === 1 ? '' : `, and ${faults.length - 1} more: see errors`;
  return `${first.pointer === '' ? 'The body' : first.pointer} ${first.detail}${more}.`;
}

/** A fact must not pass for a member that every problem has. */
function without(problem: Problem, facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !Object.hasOwn(problem, name)));
}
