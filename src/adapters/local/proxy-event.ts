import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { InvalidRequest } from '../http/invalid-request.ts';

type HttpRequest = Pick<IncomingMessage, 'method' | 'url' | 'httpVersion' | 'rawHeaders'> & {
  readonly socket: Pick<Socket, 'remoteAddress'>;
};

type Values = Record<string, string[] | undefined>;

/**
 * A request as the REST APIs of API Gateway hand it to a Lambda: path parameters still percent-encoded, query
 * parameters decoded, and as base64 what is no text.
 *
 * @throws InvalidRequest where the query cannot be decoded
 */
export function proxyEventOf(
  request: HttpRequest,
  resource: string,
  pathParameters: Record<string, string | undefined> | null,
  body: Buffer | undefined,
): APIGatewayProxyEvent {
  const { method: httpMethod = 'GET', url = '/' } = request;
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  const multiValueHeaders = headersOf(request.rawHeaders);
  const query = end === -1 ? null : queryOf(url.slice(end + 1));
  const isText = body === undefined || isUtf8(body);
  return {
    resource,
    path,
    httpMethod,
    headers: lastOf(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: query && lastOf(query),
    multiValueQueryStringParameters: query,
    pathParameters,
    stageVariables: null,
    body: body === undefined ? null : body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
    requestContext: {
      accountId: 'local',
      apiId: 'local',
      authorizer: null,
      httpMethod,
      // In this order: V8 copies an object into a new one much faster than it adds to a copy.
      identity: { sourceIp: request.socket.remoteAddress ?? '', ...NOBODY },
      path,
      protocol: `HTTP/${request.httpVersion}`,
      requestId: randomUUID(),
      requestTimeEpoch: Date.now(),
      resourceId: '',
      resourcePath: resource,
      stage: 'local',
    },
  };
}

const NOBODY = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userAgent: null,
  userArn: null,
};

function headersOf(rawHeaders: readonly string[]): Values {
  const headers = emptyValues();
  for (let i = 0; i < rawHeaders.length; i += 2)
    add(headers, rawHeaders[i]!.toLowerCase(), rawHeaders[i + 1]!);
  return headers;
}

function queryOf(search: string): Values | null {
  if (search === '') return null;
  const query = emptyValues();
  for (const pair of search.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const raw = equals === -1 ? pair : pair.slice(0, equals);
    const name = decoded(raw, raw);
    add(query, name, equals === -1 ? '' : decoded(pair.slice(equals + 1), name));
  }
  return query;
}

/** As HTML forms are decoded. @throws InvalidRequest */
function decoded(text: string, name: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw InvalidRequest.at(`?${name}`, 'is not percent-encoded UTF-8: a % must be written as %25');
  }
}

/** Without a prototype: a client may call a header or a parameter `__proto__`. */
function emptyValues(): Values {
  return Object.create(null) as Values;
}

function add(values: Values, name: string, value: string): void {
  const known = values[name];
  if (known === undefined) values[name] = [value];
  else known.push(value);
}

function lastOf(values: Values): Record<string, string | undefined> {
  const last = Object.create(null) as Record<string, string | undefined>;
  for (const name in values) last[name] = values[name]?.at(-1);
  return last;
}
