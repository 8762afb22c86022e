import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { ApiHandler } from '../http/api-handler.ts';
import { problemResult } from '../http/problem.ts';
import { LARGEST_BODY_BYTES, Refusal } from '../http/refusal.ts';
import type { Log } from '../system/json-log.ts';
import { proxyEventOf } from './proxy-event.ts';
import { routeMatcher } from './route-matcher.ts';

export interface GatewayOptions {
  /** Who serves which paths; a path belongs to one of them. */
  readonly apis: readonly {
    readonly routes: readonly { readonly path: string }[];
    readonly handler: ApiHandler;
  }[];
  readonly log: Log;
  /** Asked first; a request that it answers `true` for is its own. */
  readonly internal?: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly limits?: Partial<GatewayLimits>;
}

export interface GatewayLimits {
  /** How long a client may take for the headers of a request, and for all of it. */
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** How long requests under way have to finish when the gateway closes. */
  readonly closeTimeoutMs: number;
}

export interface Gateway {
  /**
   * @param port 0 for any free one
   * @returns the port that it listens on
   * @throws the server's error, such as EADDRINUSE
   */
  listen(port: number, host: string): Promise<{ readonly port: number }>;
  /** Takes no more requests and resolves when those under way are answered, or their time is over. */
  close(): Promise<void>;
}

const LIMITS: GatewayLimits = { headersTimeoutMs: 10_000, requestTimeoutMs: 30_000, closeTimeoutMs: 10_000 };

/** How much of a refused body is read over, so that its sender gets to read the answer. */
const MOST_DISCARDED_BYTES = 16 * LARGEST_BODY_BYTES;

/** Where API Gateway sends what no other resource matches. */
const UNMATCHED = '/{proxy+}';

interface Resource {
  readonly path: string;
  readonly handler: ApiHandler;
}

/** Plays API Gateway's part: HTTP in, the events of a REST API's proxy integration out. */
export function createGateway({ apis, log, internal, limits = {} }: GatewayOptions): Gateway {
  const { headersTimeoutMs, requestTimeoutMs, closeTimeoutMs } = { ...LIMITS, ...limits };
  const match = routeMatcher(resourcesOf(apis));
  const [first] = apis;
  if (first === undefined) throw new Error('A gateway needs a service to stand before');
  const unmatched = { resource: { path: UNMATCHED, handler: first.handler }, parameters: null };
  let closing: Promise<void> | undefined;

  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(headersTimeoutMs, requestTimeoutMs, 5_000),
    },
    (request, response) => {
      if (internal?.(request, response)) return;
      if (hasNoBody(request)) {
        void serve(request, response, undefined);
      } else {
        readBody(request, response);
      }
    },
  );
  server.on('clientError', answerMalformed);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer | undefined,
  ): Promise<void> {
    let result: APIGatewayProxyResult;
    try {
      const { resource, parameters } = match(request.url ?? '/') ?? unmatched;
      result = await resource.handler(proxyEventOf(request, resource.path, parameters, body));
    } catch (error) {
      result = refuse(request, error);
    }
    try {
      write(response, result);
    } catch (error) {
      // One answer that cannot be written must not end the process.
      log.error('an answer could not be written', { error });
      response.destroy();
    }
  }

  function readBody(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    let size = 0;
    let isRefused = false;
    const refuseBody = (): void => {
      isRefused = true;
      chunks.length = 0;
      write(response, refuse(request, Refusal.bodyTooLarge()));
    };
    if (Number(request.headers['content-length']) > LARGEST_BODY_BYTES) refuseBody();
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (!isRefused && size > LARGEST_BODY_BYTES) refuseBody();
      else if (!isRefused) chunks.push(chunk);
      else if (size > MOST_DISCARDED_BYTES) request.socket.destroy();
    });
    request.on('end', () => {
      if (!isRefused) void serve(request, response, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    });
    // The client went away in the middle of its body: there is nobody to answer.
    request.on('error', () => undefined);
  }

  /** What never reaches a handler, which would log it. */
  function refuse({ method }: IncomingMessage, error: unknown): APIGatewayProxyResult {
    const requestId = randomUUID();
    const result = problemResult(error, requestId);
    if (result.statusCode >= 500) log.error('request failed', { requestId, error });
    log.info('request', { requestId, method, route: null, status: result.statusCode });
    return result;
  }

  function write(response: ServerResponse, { statusCode, headers, body }: APIGatewayProxyResult): void {
    for (const name in headers) response.setHeader(name, String(headers[name]));
    if (closing) response.setHeader('connection', 'close');
    if (statusCode !== 204 && statusCode !== 304 && response.req.method !== 'HEAD') {
      response.setHeader('content-length', Buffer.byteLength(body));
    }
    response.statusCode = statusCode;
    response.end(body);
  }

  return {
    listen: (port, host) => listen(server, port, host),
    close: () => (closing ??= close(server, sockets, closeTimeoutMs)),
  };
}

function listen(server: Server, port: number, host: string): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve({ port: (server.address() as AddressInfo).port });
    });
  });
}

function close(server: Server, sockets: ReadonlySet<Socket>, timeoutMs: number): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), timeoutMs);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    // Node counts a connection as idle once it has served a request; one that never spoke has to be closed by hand.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  });
}

/** Which path is served by whom; methods are the handlers' business. */
function resourcesOf(apis: GatewayOptions['apis']): Resource[] {
  const resources = new Map<string, Resource>();
  for (const { routes, handler } of apis) {
    for (const { path } of routes) {
      const known = resources.get(path);
      if (known !== undefined && known.handler !== handler) throw new Error(`Two services serve ${path}`);
      resources.set(path, { path, handler });
    }
  }
  return [...resources.values()];
}

function hasNoBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
}

const STATUS_OF_CLIENT_ERROR: Readonly<
  Record<string, readonly [status: number, slug: string, detail: string]>
> = {
  HPE_HEADER_OVERFLOW: [431, 'headers-too-large', 'The headers of the request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request-timeout', 'The request took too long to arrive.'],
};

/** What is no HTTP gets an answer too, and then the connection is over. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const malformed = [400, 'malformed-request', 'The request is not well-formed HTTP/1.1.'] as const;
  const refusal = new Refusal(...(STATUS_OF_CLIENT_ERROR[error.code ?? ''] ?? malformed));
  const { statusCode, headers = {}, body } = problemResult(refusal, randomUUID());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  socket.end(
    `HTTP/1.1 ${statusCode} ${refusal.slug}\r\n${lines.join('')}connection: close\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
