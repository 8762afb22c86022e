import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { RegistryError } from '../../domain/shared/errors.ts';
import type { Log } from '../system/json-log.ts';
import { ApiRequest, headerOf } from './api-request.ts';
import type { Gate } from './gate.ts';
import { problemResult } from './problem.ts';
import { Refusal } from './refusal.ts';
import type { ApiResponse, GuardedRoute } from './route.ts';

/** Serves one request of API Gateway's REST proxy integration. It never throws. */
export type ApiHandler = (event: APIGatewayProxyEvent, context?: Context) => Promise<APIGatewayProxyResult>;

export interface ApiHandlerOptions {
  readonly routes: readonly GuardedRoute[];
  readonly gate: Gate;
  readonly log: Log;
}

/** A handler of a route table. API Gateway has matched the path already: a route is looked up by its key. */
export function createApiHandler({ routes, gate, log }: ApiHandlerOptions): ApiHandler {
  const byKey = new Map<string, GuardedRoute>();
  const allowed = new Map<string, string>();
  for (const route of routes) {
    const key = keyOf(route.method, route.path);
    if (byKey.has(key)) throw new Error(`Two routes for ${key}`);
    if (route.access === 'operations') throw new Error(`${key} is for direct invocation alone`);
    byKey.set(key, route);
    const methods = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
    allowed.set(route.path, [allowed.get(route.path) ?? 'OPTIONS', ...methods].join(', '));
  }

  return async (event) => {
    const started = performance.now();
    const requestId = requestIdOf(event);
    const { httpMethod: method, resource } = event;
    const isHead = method === 'HEAD';
    let result: APIGatewayProxyResult;
    try {
      const route = byKey.get(keyOf(isHead ? 'GET' : method, resource));
      if (route !== undefined) {
        gate(event.requestContext, route.access);
        result = resultOf(await route.handle(new ApiRequest(event, route, requestId)), requestId);
      } else {
        result = withoutRoute(method, allowed.get(resource), requestId);
      }
    } catch (error) {
      result = problemResult(error, requestId);
      tell(error, log, requestId);
    }
    const { statusCode: status } = result;
    const ms = Math.round((performance.now() - started) * 100) / 100;
    log.info('request', { requestId, method, route: allowed.has(resource) ? resource : null, status, ms });
    return isHead ? { ...result, body: '' } : result;
  };
}

function keyOf(method: string, path: string): string {
  return `${method} ${path}`;
}

function withoutRoute(method: string, allow: string | undefined, requestId: string): APIGatewayProxyResult {
  if (allow === undefined) throw Refusal.unknownRoute();
  if (method !== 'OPTIONS') throw Refusal.methodNotAllowed(method, allow);
  return { statusCode: 204, headers: { allow, 'x-request-id': requestId }, body: '' };
}

function resultOf(
  { status, headers, body, text = '' }: ApiResponse,
  requestId: string,
): APIGatewayProxyResult {
  const all: Record<string, string> = { 'x-request-id': requestId };
  if (body !== undefined) all['content-type'] = 'application/json';
  for (const name in headers) all[name] = headers[name]!;
  return { statusCode: status, headers: all, body: body === undefined ? text : JSON.stringify(body) };
}

/** A caller's mistake is told to the caller; what is ours is told to the log. */
function tell(error: unknown, log: Log, requestId: string): void {
  if (error instanceof Refusal) return;
  if (!(error instanceof RegistryError)) log.error('request failed', { requestId, error });
  else if (error.kind === 'unavailable') log.warn('dependency unavailable', { requestId, error });
}

/** The caller's own id where it is fit for a log line. */
function requestIdOf(event: APIGatewayProxyEvent): string {
  const given = headerOf(event, 'x-request-id');
  if (given !== undefined && /^[\x21-\x7e]{1,128}$/.test(given)) return given;
  return event.requestContext.requestId || randomUUID();
}
