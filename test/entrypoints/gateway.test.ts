import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { createApiHandler } from '../../src/adapters/http/api-handler.ts';
import { gateOf } from '../../src/adapters/http/gate.ts';
import { open as openToAll } from '../../src/adapters/http/guarded-routes.ts';
import type { Route } from '../../src/adapters/http/route.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../../src/adapters/local/gateway.ts';
import { recordingLog, type RecordingLog } from '../adapters/http/recording-log.ts';

const opened: Gateway[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((gateway) => gateway.close()));
});

interface Opened {
  readonly gateway: Gateway;
  readonly port: number;
  readonly log: RecordingLog;
}

async function open(options: Partial<GatewayOptions> = {}): Promise<Opened> {
  const log = recordingLog();
  const apis = [{ routes: ROUTES, handler: createApiHandler({ routes: ROUTES, gate: gateOf('open'), log }) }];
  const gateway = createGateway({ apis, log, ...options });
  opened.push(gateway);
  return { gateway, log, port: (await gateway.listen(0, '127.0.0.1')).port };
}

/** Answers with what it was sent. */
const echo: Pick<Route, 'tag' | 'summary' | 'responses'> = { tag: '', summary: '', responses: {} };
const ROUTES = openToAll([
  {
    ...echo,
    method: 'GET',
    path: '/things/{thing}',
    operationId: 'get',
    parameters: [{ in: 'query', name: 'q', description: '', schema: {} }],
    handle: (request) => ({ status: 200, body: { thing: request.path('thing'), q: request.query['q'] } }),
  },
  {
    ...echo,
    method: 'POST',
    path: '/things',
    operationId: 'post',
    body: {
      description: '',
      mediaTypes: ['application/json'],
      dto: class {
        static readonly title = '';
      },
      example: {},
    },
    handle: (request) => ({ status: 201, body: { sent: request.json() } }),
  },
]);

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

function send(
  port: number,
  method: string,
  path: string,
  headers = {},
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { port, host: '127.0.0.1', method, path, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Sends bytes as they are and answers with all that comes back until the connection ends. */
async function sendRaw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  socket.write(bytes);
  await once(socket, 'close');
  return text;
}

const JSON_TYPE = { 'content-type': 'application/json' };

describe('the gateway', () => {
  it('serves what the handler answers, on a connection that is kept', async () => {
    const { port } = await open();
    const answer = await send(port, 'POST', '/things', JSON_TYPE, '{"a":"ü"}');
    expect(answer).toMatchObject({ status: 201, text: '{"sent":{"a":"ü"}}' });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '19' });
    const both = await sendRaw(
      port,
      'GET /things/1 HTTP/1.1\r\nHost: x\r\n\r\nGET /things/2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    expect(both).toMatch(/"thing":"1".*"thing":"2"/s);
  });

  it.each([
    ['/things/a%2Fb%25?q=1%2B1+2', { thing: 'a/b%', q: '1+1 2' }],
    ['/things/%E2%82%AC?q', { thing: '€', q: '' }],
    ['/things/a:b?&&q=a=b&', { thing: 'a:b', q: 'a=b' }],
    ['/things/a?', { thing: 'a' }],
    [`/things/${'x'.repeat(500)}`, { thing: 'x'.repeat(500) }],
  ])('decodes a URL once: %s', async (path, body) => {
    const { port } = await open();
    const { status, text } = await send(port, 'GET', path);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual(body);
  });

  it.each([
    ['GET', '/things/%ZZ', 400, '{thing}'],
    ['GET', '/things/%', 400, '{thing}'],
    ['GET', '/things/%C3', 400, '{thing}'],
    ['GET', '/things/a?q=%ZZ', 400, '?q'],
    ['GET', '/things/a?q=1&q=2', 400, '?q'],
    ['GET', '/things/a?__proto__=1', 400, '?__proto__'],
  ])('%s %s is a %i that names %s', async (method, path, status, pointer) => {
    const { port, log } = await open();
    const answer = await send(port, method, path);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ pointer }] });
    expect(log.lines).toMatchObject([{ level: 'info', status, requestId: answer.headers['x-request-id'] }]);
  });

  it.each(['/', '/nothing', '/things/', '/things/a/b', '//things', '/%74hings', '/things%2Fa', '*'])(
    'answers a problem where there is nothing: %s',
    async (path) => {
      const { port } = await open();
      const answer = await send(port, 'GET', path);
      expect([404, 400]).toContain(answer.status);
      expect(answer.headers['content-type']).toBe('application/problem+json');
    },
  );

  it('answers 405 with Allow to another method', async () => {
    const { port } = await open();
    const answer = await send(port, 'DELETE', '/things');
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'OPTIONS, POST' } });
  });

  it('answers HEAD without a body', async () => {
    const { port } = await open();
    expect(await send(port, 'HEAD', '/things/1')).toMatchObject({ status: 200, text: '' });
  });

  it('hands bytes that are no text on as they are', async () => {
    const events: APIGatewayProxyEvent[] = [];
    const handler = (event: APIGatewayProxyEvent): Promise<{ statusCode: number; body: string }> => {
      events.push(event);
      return Promise.resolve({ statusCode: 204, body: '' });
    };
    const { port } = await open({ apis: [{ routes: ROUTES, handler }] });
    await send(
      port,
      'POST',
      '/things',
      { ...JSON_TYPE, 'X-Two': ['a', 'b'], __proto__: 'x' },
      Buffer.from([0xff, 0]),
    );
    expect(events).toMatchObject([
      {
        resource: '/things',
        path: '/things',
        httpMethod: 'POST',
        body: '/wA=',
        isBase64Encoded: true,
        headers: { 'x-two': 'b' },
        multiValueHeaders: { 'x-two': ['a', 'b'] },
        queryStringParameters: null,
        requestContext: { path: '/things', identity: { sourceIp: '127.0.0.1' }, stage: 'local' },
      },
    ]);
  });

  it('has a door for the process itself', async () => {
    const { port } = await open({
      internal: ({ url }, response) => {
        if (url !== '/internal') return false;
        response.end('inside');
        return true;
      },
    });
    expect((await send(port, 'GET', '/internal')).text).toBe('inside');
    expect((await send(port, 'GET', '/things/1')).status).toBe(200);
  });

  it('answers 500 where a handler fails, and stays up', async () => {
    const handler = (): Promise<never> => Promise.reject(new Error('secret'));
    const { port, log } = await open({ apis: [{ routes: ROUTES, handler }] });
    const answer = await send(port, 'GET', '/things/1');
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('secret');
    expect(log.lines).toMatchObject([{ level: 'error' }, { level: 'info', status: 500 }]);
    expect((await send(port, 'GET', '/things/1')).status).toBe(500);
  });
});

describe('a request that is too much', () => {
  it('is refused by its length, before its body has come', async () => {
    const { port } = await open();
    const socket = connect(port, '127.0.0.1');
    socket.write(
      'POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50000000\r\n\r\n{',
    );
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(chunk.toString()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  it('is refused while it comes where it does not say how long it is, and cannot go on for ever', async () => {
    const { port, log } = await open();
    const socket = connect(port, '127.0.0.1');
    const block = Buffer.alloc(65_536, 0x20);
    const chunk = Buffer.concat([
      Buffer.from(`${block.length.toString(16)}\r\n`),
      block,
      Buffer.from('\r\n'),
    ]);
    let sent = 0;
    const pour = (): void => {
      for (let more = true; more && !socket.destroyed && sent < 100_000_000;) {
        more = socket.write(chunk);
        sent += block.length;
      }
    };
    socket.on('drain', pour);
    socket.on('error', () => undefined);
    const answered = once(socket, 'data') as Promise<[Buffer]>;
    socket.write('POST /things HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    pour();
    const [head] = await answered;
    expect(head.toString()).toMatch(/^HTTP\/1\.1 413 .*application\/problem\+json/s);
    await closedOf(socket);
    expect(sent).toBeLessThan(100_000_000);
    expect(log.lines).toMatchObject([{ status: 413, route: null }]);
  });

  it('of exactly 1 MB is served', async () => {
    const { port } = await open();
    const body = `{"a":"${'x'.repeat(1_000_000 - 8)}"}`;
    expect((await send(port, 'POST', '/things', JSON_TYPE, body)).status).toBe(201);
  });

  it('is over when its body does not come', async () => {
    const { port } = await open({ limits: { requestTimeoutMs: 50, headersTimeoutMs: 50 } });
    const answer = await sendRaw(port, 'POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{');
    expect(answer).toMatch(/^HTTP\/1\.1 408 .*application\/problem\+json/s);
  });

  it('is refused where its headers are too large', async () => {
    const { port } = await open();
    const answer = await sendRaw(port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 .*application\/problem\+json/s);
  });

  it.each([
    ['no request line', 'nonsense\r\n\r\n'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost: x\r\nBroken\r\n\r\n'],
    ['a length below zero', 'POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
  ])('is answered where it has %s', async (_what, bytes) => {
    const { port } = await open();
    const answer = await sendRaw(port, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) as Record<string, unknown>;
    expect(body).toMatchObject({ status: 400, requestId: expect.any(String) });
    expect((await send(port, 'GET', '/things/1')).status).toBe(200);
  });
});

describe('opening and closing', () => {
  it('says that the port is taken', async () => {
    const { port } = await open();
    const other = createGateway({
      apis: [{ routes: [], handler: () => Promise.reject(new Error()) }],
      log: recordingLog(),
    });
    await expect(other.listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE', port });
    await other.close();
  });

  it('finishes what is under way, and takes nothing more', async () => {
    const { handler, arrived, answer } = slowHandler();
    // Longer than the test may take: the end must not be waiting for its deadline.
    const limits = { closeTimeoutMs: 60_000 };
    const { gateway, port } = await open({ apis: [{ routes: ROUTES, handler }], limits });
    const idle = connect(port, '127.0.0.1');
    await once(idle, 'connect');
    const pending = send(port, 'GET', '/things/1', { connection: 'keep-alive' });
    await arrived;
    const closed = gateway.close();
    await expect(send(port, 'GET', '/things/2')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    answer();
    expect(await pending).toMatchObject({ status: 200, headers: { connection: 'close' } });
    await closed;
    await expect(gateway.close()).resolves.toBeUndefined();
    await closedOf(idle);
  });

  it('does not wait for ever', async () => {
    const { handler, arrived } = slowHandler();
    const { gateway, port } = await open({
      apis: [{ routes: ROUTES, handler }],
      limits: { closeTimeoutMs: 20 },
    });
    const pending = send(port, 'GET', '/things/1');
    const failed = pending.catch((error: NodeJS.ErrnoException) => error.code);
    await arrived;
    await gateway.close();
    expect(await failed).toBe('ECONNRESET');
  });

  it('cannot have one path served by two', () => {
    const handler = (): Promise<never> => Promise.reject(new Error());
    const other = (): Promise<never> => Promise.reject(new Error());
    const apis = [handler, other].map((each) => ({ routes: ROUTES, handler: each }));
    expect(() => createGateway({ apis, log: recordingLog() })).toThrow('Two services serve /things/{thing}');
  });
});

/** A handler that answers when it is told to. */
function slowHandler(): {
  handler: () => Promise<{ statusCode: number; body: string }>;
  arrived: Promise<void>;
  answer: () => void;
} {
  let arrive = (): void => undefined;
  let answer = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const told = new Promise<void>((resolve) => (answer = resolve));
  const handler = async (): Promise<{ statusCode: number; body: string }> => {
    arrive();
    await told;
    return { statusCode: 200, body: '' };
  };
  return { handler, arrived, answer: () => answer() };
}

function closedOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.on('close', () => resolve());
  });
}
