import { beforeEach, describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { createApiHandler } from '../../../src/adapters/http/api-handler.ts';
import { entityTagOf } from '../../../src/adapters/http/entity-tag.ts';
import { gateOf } from '../../../src/adapters/http/gate.ts';
import type { GuardedRoute } from '../../../src/adapters/http/route.ts';
import { bothServices, type BothServices } from './both-services.ts';
import { recordingLog } from './recording-log.ts';

const OPEN = gateOf('open');

let api: BothServices;
beforeEach(() => {
  api = bothServices();
});

/** What API Gateway sends of `curl -X POST …/prod/v1/companies`, as far as a handler may look at it. */
function apiGatewayEvent(more: Partial<APIGatewayProxyEvent>, context: object = {}): APIGatewayProxyEvent {
  return {
    resource: '/v1/companies',
    path: '/v1/companies',
    httpMethod: 'POST',
    headers: { 'Content-Type': 'application/json', Host: 'abc.execute-api.eu-west-1.amazonaws.com' },
    multiValueHeaders: {
      'Content-Type': ['application/json'],
      Host: ['abc.execute-api.eu-west-1.amazonaws.com'],
    },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    body: '{"name":"Acme","countryCode":"US"}',
    isBase64Encoded: false,
    requestContext: {
      path: '/prod/v1/companies',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      identity: { apiKeyId: null, sourceIp: '192.0.2.1' },
      ...context,
    } as APIGatewayProxyEvent['requestContext'],
    ...more,
  };
}

describe('an event of API Gateway', () => {
  it('is served, and the place of what was made has the stage', async () => {
    const handler = createApiHandler({ routes: api.routes, gate: OPEN, log: recordingLog() });
    const { statusCode, headers } = await handler(apiGatewayEvent({}));
    expect(statusCode).toBe(201);
    expect(headers?.['location']).toMatch(/^\/prod\/v1\/companies\/[0-9a-f-]{36}$/);
    expect(headers?.['x-request-id']).toBe('c6af9ac6-7b61-11e6-9a41-93e8deadbeef');
  });

  it('may have its body as base64', async () => {
    const handler = createApiHandler({ routes: api.routes, gate: OPEN, log: recordingLog() });
    const body = Buffer.from('{"name":"Ünïcode","countryCode":"US"}').toString('base64');
    const { statusCode, body: answer } = await handler(apiGatewayEvent({ body, isBase64Encoded: true }));
    expect(statusCode).toBe(201);
    expect(JSON.parse(answer)).toMatchObject({ name: 'Ünïcode' });
  });

  it('tells callers apart, so that one does not see what another one registered under the same key', async () => {
    const handler = createApiHandler({ routes: api.routes, gate: OPEN, log: recordingLog() });
    const ids = new Set<unknown>();
    for (const context of [
      {},
      { authorizer: { principalId: 'user|a' } },
      { authorizer: { principalId: 'user|b' } },
      { authorizer: { claims: { sub: 'cognito-a' } } },
      { authorizer: { claims: { sub: 'cognito-b' } }, identity: { apiKeyId: 'key-1' } },
      { identity: { userArn: 'arn:aws:iam::123456789012:user/a', apiKeyId: 'key-1' } },
      { identity: { userArn: 'arn:aws:iam::123456789012:user/b', apiKeyId: 'key-1' } },
      { identity: { apiKeyId: 'key-1' } },
      { identity: { apiKeyId: 'key-1' } },
    ]) {
      const headers = { 'content-type': 'application/json', 'IDEMPOTENCY-KEY': 'once' };
      const event = apiGatewayEvent({ headers, multiValueHeaders: {} }, context);
      ids.add((JSON.parse((await handler(event)).body) as { companyId: string }).companyId);
    }
    expect(ids.size).toBe(8);
  });

  it('of a resource that the service does not have is a problem', async () => {
    const log = recordingLog();
    const handler = createApiHandler({ routes: api.routes, gate: OPEN, log });
    const { statusCode, headers, body } = await handler(
      apiGatewayEvent({ resource: '/{proxy+}', path: '/nothing' }),
    );
    expect(statusCode).toBe(404);
    expect(headers?.['content-type']).toBe('application/problem+json');
    expect(JSON.parse(body)).toMatchObject({
      type: 'urn:company-registry:problem:unknown-route',
      status: 404,
    });
    expect(log.lines).toMatchObject([{ route: null, status: 404 }]);
  });
});

describe('the request id', () => {
  it.each(['abc-123', '!~', 'x'.repeat(128)])(
    'is the caller’s where it is well-formed: %s',
    async (requestId) => {
      const answer = await api.send('GET /health', { headers: { 'X-Request-Id': requestId } });
      expect(answer.headers['x-request-id']).toBe(requestId);
      expect(api.log.lines).toMatchObject([{ requestId }]);
    },
  );

  it.each(['', 'a b', 'ü', 'a\nb', 'x'.repeat(129)])(
    'is another one where it is not: %j',
    async (requestId) => {
      const answer = await api.send('GET /nothing', { headers: { 'x-request-id': requestId } });
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer.body['requestId']).toBe(answer.headers['x-request-id']);
    },
  );

  it('travels with what is written', async () => {
    const seen: string[] = [];
    api = bothServices({
      useCases: {
        removeCompany: { execute: async (_companyId, _version, { requestId }) => void seen.push(requestId) },
      },
    });
    const headers = { 'x-request-id': 'mine', 'if-match': entityTagOf(1) };
    await api.send('DELETE /v1/companies/01977a3e-5d2c-7c1a-9b42-6f0d3c8e51a7', { headers });
    expect(seen).toEqual(['mine']);
  });
});

describe('methods', () => {
  it('HEAD is GET without the body', async () => {
    const get = await api.send('GET /health');
    const head = await api.send('HEAD /health');
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers['content-type']).toBe(get.headers['content-type']);
    expect(await api.send('HEAD /v1/companies/nonsense')).toMatchObject({ status: 400, text: '' });
  });

  it('OPTIONS tells what there is', async () => {
    const answer = await api.send('OPTIONS /v1/companies');
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(answer.headers['allow']).toBe('OPTIONS, POST, GET, HEAD');
  });

  it.each([
    ['DELETE /v1/companies', 'OPTIONS, POST, GET, HEAD'],
    ['POST /health', 'OPTIONS, GET, HEAD'],
    ['BREW /health', 'OPTIONS, GET, HEAD'],
  ])('%s is not allowed', async (line, allow) => {
    const answer = await api.send(line);
    expect(answer).toMatchObject({ status: 405, body: { title: 'Method not allowed' } });
    expect(answer.headers['allow']).toBe(allow);
  });
});

describe('what goes wrong inside', () => {
  const path = 'GET /v1/companies/01977a3e-5d2c-7c1a-9b42-6f0d3c8e51a7';

  it('is a 500 that tells nothing, and a line in the log that tells all', async () => {
    const error = new TypeError('secret');
    api = bothServices({ useCases: { findCompany: { execute: () => Promise.reject(error) } } });
    const answer = await api.send(path);
    expect(answer).toMatchObject({ status: 500, body: { title: 'Internal error' } });
    expect(answer.text).not.toContain('secret');
    const requestId = answer.headers['x-request-id'];
    expect(api.log.lines).toMatchObject([
      { level: 'error', requestId, error },
      { level: 'info', requestId, status: 500 },
    ]);
  });

  it('is a 503 with Retry-After where a dependency does not answer', async () => {
    const error = new Unavailable('The table does not answer.');
    api = bothServices({ useCases: { findCompany: { execute: () => Promise.reject(error) } } });
    const answer = await api.send(path);
    expect(answer).toMatchObject({ status: 503, body: { detail: 'The table does not answer.' } });
    expect(answer.headers['retry-after']).toBe('2');
    expect(api.log.lines).toMatchObject([{ level: 'warn', error }, { status: 503 }]);
  });
});

describe('the log', () => {
  it('has a line for each request, without anything that the caller wrote', async () => {
    await api.send('POST /v1/companies?x=1', { body: { name: 'private' } });
    const [line, ...others] = api.log.lines;
    expect(others).toEqual([]);
    expect(line).toEqual({
      level: 'info',
      message: 'request',
      requestId: expect.any(String),
      method: 'POST',
      route: '/v1/companies',
      status: 400,
      ms: expect.any(Number),
    });
  });
});

describe('a table of routes', () => {
  it('cannot have two for one method and path', () => {
    const [route] = api.routes as [GuardedRoute];
    expect(() => createApiHandler({ routes: [route, route], gate: OPEN, log: recordingLog() })).toThrow(
      'Two routes',
    );
  });
});
