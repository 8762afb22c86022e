import type { APIGatewayProxyEvent } from 'aws-lambda';
import { InvalidRequest, type Fault } from './invalid-request.ts';
import { jsonBody } from './json-body.ts';
import { LARGEST_BODY_BYTES, Refusal } from './refusal.ts';

/** What a request may have, as its route says. */
interface Expectations {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly body?: { readonly mediaTypes: readonly string[] };
}

type ProxyEvent = APIGatewayProxyEvent;

/** What is read of an event of API Gateway. */
export type RequestEvent = Pick<
  ProxyEvent,
  | 'headers'
  | 'pathParameters'
  | 'queryStringParameters'
  | 'multiValueQueryStringParameters'
  | 'body'
  | 'isBase64Encoded'
> &
  Partial<Pick<ProxyEvent, 'multiValueHeaders'>> & {
    readonly requestContext: Pick<ProxyEvent['requestContext'], 'path' | 'authorizer'> & {
      readonly identity: Pick<ProxyEvent['requestContext']['identity'], 'userArn' | 'apiKeyId'>;
    };
  };

/** A request as a route sees it: everything is decoded, and nothing is there that the route does not know. */
export class ApiRequest {
  /** Who asks, as API Gateway knows it, or `anonymous`: callers never share their idempotency keys. */
  readonly caller: string;
  /** Each query parameter once. */
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly #path: Readonly<Record<string, string>>;

  /** @throws InvalidRequest, Refusal */
  constructor(
    private readonly event: RequestEvent,
    private readonly expected: Expectations,
    readonly requestId: string,
  ) {
    if (isTooLarge(event.body, event.isBase64Encoded)) throw Refusal.bodyTooLarge();
    this.caller = callerOf(event.requestContext);
    this.#path = pathOf(event);
    this.query = queryOf(event, expected);
  }

  /** A parameter of the route's path, decoded. */
  path(name: string): string {
    const value = this.#path[name];
    if (value === undefined) throw new Error(`The path of this route has no parameter ${name}`);
    return value;
  }

  /** The path as the caller wrote it, with the stage of the API where there is one. */
  get fullPath(): string {
    return this.event.requestContext.path;
  }

  /** @param name in lower case; several headers of the name are one, separated by commas */
  header(name: string): string | undefined {
    return headerOf(this.event, name);
  }

  /** The body as JSON, with numbers as LosslessNumber. @throws InvalidRequest, Refusal */
  json(): unknown {
    const { body, isBase64Encoded } = this.event;
    const mediaTypes = this.expected.body?.mediaTypes ?? [];
    if (!isMediaType(this.header('content-type'), mediaTypes)) throw Refusal.unsupportedMediaType(mediaTypes);
    const encoding = this.header('content-encoding')?.trim() ?? '';
    if (encoding !== '' && encoding.toLowerCase() !== 'identity')
      throw Refusal.unsupportedContentEncoding(encoding);
    return jsonBody(body ?? '', isBase64Encoded);
  }
}

/** @param name in lower case */
export function headerOf(event: RequestEvent, name: string): string | undefined {
  // An event made by hand may have only the one or the other, or neither.
  const { multiValueHeaders, headers } = event as Partial<RequestEvent>;
  const values = multiValueHeaders && valueOf(multiValueHeaders, name);
  if (values !== undefined) return values.length === 1 ? values[0] : values.join(', ');
  return headers && valueOf(headers, name);
}

/** The principal of a Lambda authorizer, the subject of a Cognito one, the ARN of an IAM user, or the API key's id. */
function callerOf({ authorizer, identity }: RequestEvent['requestContext']): string {
  const claims: unknown = authorizer?.['claims'];
  const subject: unknown = isRecord(claims) ? claims['sub'] : undefined;
  const candidates: readonly unknown[] = [
    authorizer?.['principalId'],
    subject,
    identity.userArn,
    identity.apiKeyId,
  ];
  return candidates.find((each): each is string => typeof each === 'string' && each !== '') ?? 'anonymous';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** API Gateway leaves the names of headers as the client wrote them. */
function valueOf<Value>(
  headers: Readonly<Record<string, Value | undefined>>,
  name: string,
): Value | undefined {
  for (const key in headers) {
    if (key === name || (key.length === name.length && key.toLowerCase() === name)) return headers[key];
  }
  return undefined;
}

/** API Gateway leaves path parameters percent-encoded in the events of its REST APIs. */
function pathOf(event: RequestEvent): Record<string, string> {
  const path: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(event.pathParameters ?? {})) {
    try {
      path[name] = value.includes('%') ? decodeURIComponent(value) : value;
    } catch {
      throw InvalidRequest.at(`{${name}}`, 'is not percent-encoded UTF-8: a % must be written as %25');
    }
  }
  return path;
}

function queryOf(event: RequestEvent, { parameters = [] }: Expectations): Record<string, string> {
  const query: Record<string, string> = {};
  if (!event.multiValueQueryStringParameters && !event.queryStringParameters) return query;
  const faults: Fault[] = [];
  for (const [name, values] of Object.entries(givenQuery(event))) {
    const known = parameters.filter((parameter) => parameter.in === 'query');
    const [value, ...others] = values ?? [];
    if (!known.some((parameter) => parameter.name === name)) {
      faults.push({ pointer: pointerOfQuery(name), detail: `is unknown here: ${namesOf(known)}` });
    } else if (value === undefined || others.length > 0) {
      faults.push({ pointer: pointerOfQuery(name), detail: 'must be given once' });
    } else {
      query[name] = value;
    }
  }
  if (faults.length > 0) throw new InvalidRequest(faults);
  return query;
}

/** An event made by hand may have single values only. */
function givenQuery(event: RequestEvent): Readonly<Record<string, readonly string[] | undefined>> {
  if (event.multiValueQueryStringParameters) return event.multiValueQueryStringParameters;
  const single = Object.entries(event.queryStringParameters ?? {});
  return Object.fromEntries(single.map(([name, value]) => [name, value === undefined ? [] : [value]]));
}

function pointerOfQuery(name: string): string {
  return `?${name.slice(0, 100)}`;
}

function namesOf(parameters: readonly { name: string }[]): string {
  if (parameters.length === 0) return 'this route has no query parameters';
  return `the query parameters of this route are ${parameters.map(({ name }) => name).join(', ')}`;
}

function isMediaType(contentType: string | undefined, mediaTypes: readonly string[]): boolean {
  const [, mediaType, charset] =
    /^\s*([^\s;]+)\s*(?:;\s*charset="?([^\s;"]+)"?\s*)?$/i.exec(contentType ?? '') ?? [];
  if (mediaType === undefined || !mediaTypes.includes(mediaType.toLowerCase())) return false;
  return charset === undefined || charset.toLowerCase() === 'utf-8';
}

function isTooLarge(body: string | null, isBase64Encoded: boolean): boolean {
  if (body === null || body.length * 3 <= LARGEST_BODY_BYTES) return false;
  return Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8') > LARGEST_BODY_BYTES;
}
