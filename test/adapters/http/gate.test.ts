import { describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { createApiHandler } from '../../../src/adapters/http/api-handler.ts';
import { gateOf, type AccessMode } from '../../../src/adapters/http/gate.ts';
import { forOperators } from '../../../src/adapters/http/guarded-routes.ts';
import type { GuardedRoute } from '../../../src/adapters/http/route.ts';
import { bothServices } from './both-services.ts';
import { recordingLog } from './recording-log.ts';

const { routes } = bothServices();
const guardedRoutes = routes.filter(({ access }) => access !== 'open');
const signed = { identity: { userArn: 'arn:aws:iam::123456789012:user/a' } };

/** What a handler answers to API Gateway, which tells it who asks. */
function answer(
  mode: AccessMode,
  { method, path }: GuardedRoute,
  known: object,
): Promise<APIGatewayProxyResult> {
  const handler = createApiHandler({ routes, gate: gateOf(mode), log: recordingLog() });
  const requestContext = { identity: {}, requestId: 'mine', path, ...known };
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, 'x'] as const);
  const request = { headers: {}, pathParameters: Object.fromEntries(names), body: null };
  const event = { httpMethod: method, resource: path, ...request, requestContext };
  return handler(event as unknown as APIGatewayProxyEvent);
}

const isLetIn = (status: number): boolean => status < 500 && ![401, 403].includes(status);

describe('a handler behind an authorizer', () => {
  it('lets nobody in where none stood before it', async () => {
    for (const route of guardedRoutes) {
      for (const known of [{}, { authorizer: null }, { authorizer: { principalId: 'a' } }, signed]) {
        const { statusCode, headers } = await answer('jwt', route, known);
        expect([route.operationId, statusCode]).toEqual([route.operationId, 401]);
        expect(headers?.['www-authenticate']).toBe('Bearer realm="company-registry"');
      }
    }
  });

  it('looks for the scope of its route itself', async () => {
    for (const route of guardedRoutes) {
      const withScope = (scope: string): Promise<APIGatewayProxyResult> =>
        answer('jwt', route, { authorizer: { principalId: 'a', scope } });
      const { statusCode, headers, body } = await withScope(`${route.access}x operations`);
      expect([route.operationId, statusCode]).toEqual([route.operationId, 403]);
      expect(headers?.['www-authenticate']).toBe(
        `Bearer realm="company-registry", error="insufficient_scope", scope="${route.access}"`,
      );
      expect(JSON.parse(body)).toMatchObject({ type: 'urn:company-registry:problem:insufficient-scope' });
      const { statusCode: served } = await withScope(`operations ${route.access}`);
      expect([route.operationId, isLetIn(served)]).toEqual([route.operationId, true]);
    }
  });
});

describe('a handler behind signatures of AWS', () => {
  it('lets in those alone whose signature was verified, whatever their scopes', async () => {
    for (const route of guardedRoutes) {
      const unsigned = { authorizer: { principalId: 'a', scope: route.access } };
      const { statusCode, headers } = await answer('iam', route, unsigned);
      expect([route.operationId, statusCode]).toEqual([route.operationId, 401]);
      expect(headers?.['www-authenticate']).toBe('AWS4-HMAC-SHA256');
      const { statusCode: served } = await answer('iam', route, signed);
      expect([route.operationId, isLetIn(served)]).toEqual([route.operationId, true]);
    }
  });
});

describe('health and description', () => {
  it.each<AccessMode>(['jwt', 'iam', 'open'])('are open to everyone: %s', async (mode) => {
    const open = routes.filter(({ access }) => access === 'open');
    expect(open.map(({ path }) => path).sort()).toEqual(['/docs', '/health', '/openapi.json']);
    for (const route of open) expect((await answer(mode, route, {})).statusCode).toBe(200);
  });
});

describe('a route for operators', () => {
  it('cannot be served over HTTP', () => {
    const operations = forOperators(routes.slice(0, 1));
    const serve = (): unknown =>
      createApiHandler({ routes: operations, gate: gateOf('jwt'), log: recordingLog() });
    expect(serve).toThrow('is for direct invocation alone');
  });
});
