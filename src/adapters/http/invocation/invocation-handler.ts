import { randomUUID } from 'node:crypto';
import { InvalidInput, RegistryError } from '../../../domain/shared/errors.ts';
import type { Log } from '../../system/json-log.ts';
import { ApiRequest } from '../api-request.ts';
import { InvalidRequest } from '../invalid-request.ts';
import { pointerOf } from '../pointer.ts';
import { problemResult, type Problem } from '../problem.ts';
import { Refusal } from '../refusal.ts';
import type { Route } from '../route.ts';
import type { Invocation, InvocationAnswer, Operation, OperationTable, ResultOf } from './operation.ts';
import { pointerInInput, requestEventOf } from './request-event.ts';

const MEMBERS = ['operation', 'input', 'requestId'];

/** Serves one direct invocation. It never throws. */
export type InvocationHandler<All> = <Name extends keyof All & string>(
  event: Invocation<All, Name>,
  context?: { readonly awsRequestId: string },
) => Promise<InvocationAnswer<ResultOf<All, Name>>>;

/** A handler that calls routes without HTTP: what they check, they check here too. */
export function createInvocationHandler<All>(
  table: OperationTable<All>,
  routes: readonly Route[],
  log: Log,
): InvocationHandler<All> {
  const calls = new Map(
    Object.entries<Operation>(table as Readonly<Record<string, Operation>>).map(([name, operation]) => {
      const route = routes.find(({ operationId }) => operationId === operation.route);
      if (route === undefined) throw new Error(`There is no route ${operation.route}`);
      return [name, { operation, route }] as const;
    }),
  );

  return async (event: unknown, context?: { readonly awsRequestId: string }) => {
    const started = performance.now();
    const requestId = requestIdIn(event) ?? context?.awsRequestId ?? randomUUID();
    let name: string | null = null;
    let type: string | undefined;
    let answer: InvocationAnswer<never>;
    try {
      const given = envelopeOf(event, [...calls.keys()]);
      name = given.operation;
      const { operation, route } = calls.get(name)!;
      answer = { result: (await resultOf(operation, route, given.input, requestId)) as never };
    } catch (error) {
      answer = { error: problemOf(error, requestId) };
      type = answer.error.type;
      tell(error, log, requestId);
    }
    const ms = Math.round((performance.now() - started) * 100) / 100;
    log.info('invocation', { requestId, operation: name, ...(type !== undefined && { type }), ms });
    return answer;
  };
}

async function resultOf(
  operation: Operation,
  route: Route,
  input: Readonly<Record<string, unknown>>,
  requestId: string,
): Promise<unknown> {
  try {
    const faults = operation.faultsIn?.(input) ?? [];
    if (faults.length > 0) throw new InvalidRequest(faults);
    const event = requestEventOf(route, operation, input);
    const { body } = await route.handle(new ApiRequest(event, route, requestId));
    return body ?? null;
  } catch (error) {
    throw inTermsOfInput(error, operation);
  }
}

/** The same error, that says where in the input what is wrong stands. */
function inTermsOfInput(error: unknown, operation: Operation): unknown {
  const faults =
    error instanceof InvalidRequest
      ? error.faults
      : error instanceof InvalidInput
        ? error.violations.map(({ path, detail }) => ({ pointer: pointerOf(path), detail }))
        : undefined;
  if (faults === undefined) return error;
  return new InvalidRequest(
    faults.map(({ pointer, detail }) => ({ pointer: pointerInInput(pointer, operation), detail })),
  );
}

interface Envelope {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** @throws InvalidRequest */
function envelopeOf(event: unknown, known: readonly string[]): Envelope {
  if (!isRecord(event)) {
    throw InvalidRequest.at('', 'must be an object such as {"operation": "…", "input": {…}}');
  }
  const unknown = Object.keys(event).filter((name) => !MEMBERS.includes(name));
  if (unknown.length > 0) {
    throw new InvalidRequest(
      unknown.map((name) => ({
        pointer: pointerOf([name]),
        detail: `is unknown here: known are ${MEMBERS.join(', ')}`,
      })),
    );
  }
  const { operation, input = {} } = event;
  if (typeof operation !== 'string' || !known.includes(operation)) {
    throw InvalidRequest.at('/operation', `must be one of ${known.join(', ')}`);
  }
  if (!isRecord(input)) throw InvalidRequest.at('/input', 'must be an object');
  return { operation, input };
}

function requestIdIn(event: unknown): string | undefined {
  const given = isRecord(event) ? event['requestId'] : undefined;
  return typeof given === 'string' && /^[\x21-\x7e]{1,128}$/.test(given) ? given : undefined;
}

function problemOf(error: unknown, requestId: string): Problem {
  return JSON.parse(problemResult(error, requestId).body) as Problem;
}

/** A caller's mistake is told to the caller; what is ours is told to the log. */
function tell(error: unknown, log: Log, requestId: string): void {
  if (error instanceof Refusal) return;
  if (!(error instanceof RegistryError)) log.error('invocation failed', { requestId, error });
  else if (error.kind === 'unavailable') log.warn('dependency unavailable', { requestId, error });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
