import type { Settings } from '../settings.ts';

/** What API Gateway answers by itself, before or without what is behind it. */
export interface GatewayResponse {
  readonly statusCode: number;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: { readonly 'application/json': string };
}

interface Told {
  readonly status: number;
  /** After `urn:company-registry:problem:`. */
  readonly slug: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const RETRY = { 'retry-after': '2' };
const CHALLENGE = { iam: 'AWS4-HMAC-SHA256', jwt: 'Bearer realm="company-registry"' };

const FAILED: Told = {
  status: 500,
  slug: 'internal-error',
  detail: 'Something went wrong here. The log knows more by the requestId.',
};
const UNREADABLE: Told = { status: 400, slug: 'invalid-input', detail: 'The request cannot be read.' };
const FORBIDDEN: Told = { status: 403, slug: 'forbidden', detail: 'Who asks may not do this.' };
/** An authorizer denies by scopes alone; what is wrong with a token is a 401. */
const LACKING_SCOPE: Told = {
  status: 403,
  slug: 'insufficient-scope',
  detail: 'The token does not have the scope that this route requires. GET /openapi.json tells which one.',
  headers: { 'www-authenticate': `${CHALLENGE.jwt}, error="insufficient_scope"` },
};
const TOO_MANY: Told = {
  status: 429,
  slug: 'too-many-requests',
  detail: 'There are too many requests: try again.',
  headers: RETRY,
};
const UNANSWERED: Told = {
  status: 503,
  slug: 'unavailable',
  detail: 'The service did not answer in time.',
  headers: RETRY,
};
const UNKNOWN_ROUTE: Told = {
  status: 404,
  slug: 'unknown-route',
  detail: 'There is nothing at this path. GET /docs tells what there is.',
};

/** By their types, each a problem as the routes answer with. Every type is named: a default would change its status. */
export function gatewayResponses(access: Settings['access']): Readonly<Record<string, GatewayResponse>> {
  const unauthorized = (detail: string): Told => ({
    status: 401,
    slug: 'unauthorized',
    detail,
    headers: { 'www-authenticate': CHALLENGE[access] },
  });
  const told: Readonly<Record<string, Told>> = {
    ACCESS_DENIED: access === 'jwt' ? LACKING_SCOPE : FORBIDDEN,
    API_CONFIGURATION_ERROR: FAILED,
    AUTHORIZER_CONFIGURATION_ERROR: FAILED,
    // An authorizer that throws knows no answer: the issuer of the tokens gives none.
    AUTHORIZER_FAILURE: UNANSWERED,
    BAD_REQUEST_BODY: UNREADABLE,
    BAD_REQUEST_PARAMETERS: UNREADABLE,
    DEFAULT_4XX: UNREADABLE,
    DEFAULT_5XX: FAILED,
    EXPIRED_TOKEN: unauthorized('The credentials have expired.'),
    INTEGRATION_FAILURE: FAILED,
    INTEGRATION_TIMEOUT: UNANSWERED,
    INVALID_API_KEY: FORBIDDEN,
    INVALID_SIGNATURE: unauthorized('The signature is not right.'),
    // What API Gateway says of paths that it does not know; where it checks signatures, of their absence too.
    MISSING_AUTHENTICATION_TOKEN:
      access === 'jwt'
        ? UNKNOWN_ROUTE
        : unauthorized(
            'The request is not signed by AWS Signature Version 4, or there is nothing at this path.',
          ),
    QUOTA_EXCEEDED: TOO_MANY,
    REQUEST_TOO_LARGE: { status: 413, slug: 'body-too-large', detail: 'The body is too large.' },
    RESOURCE_NOT_FOUND: UNKNOWN_ROUTE,
    THROTTLED: TOO_MANY,
    UNAUTHORIZED: unauthorized('There is no access token that is valid here.'),
    UNSUPPORTED_MEDIA_TYPE: {
      status: 415,
      slug: 'unsupported-media-type',
      detail: 'The Content-Type is not one that this route takes.',
    },
    WAF_FILTERED: FORBIDDEN,
  };
  return Object.fromEntries(Object.entries(told).map(([type, one]) => [type, responseOf(one)]));
}

function responseOf({ status, slug, detail, headers = {} }: Told): GatewayResponse {
  const title = slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ');
  const type = `urn:company-registry:problem:${slug}`;
  const body = { type, title, status, detail, requestId: '$context.requestId' };
  const stated = Object.entries({ 'Content-Type': 'application/problem+json', ...headers });
  return {
    statusCode: status,
    responseParameters: {
      ...Object.fromEntries(stated.map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`])),
      'gatewayresponse.header.x-request-id': 'context.requestId',
    },
    responseTemplates: { 'application/json': JSON.stringify(body) },
  };
}
