import type { ApiRequest } from './api-request.ts';
import type { DescribedRoute } from './direct-route.ts';
import { docsPage } from './docs-page.ts';
import { Text } from './dto.ts';
import type { AccessMode } from './gate.ts';
import { open } from './guarded-routes.ts';
import { openApiOf, type OpenApiDocument } from './open-api.ts';
import type { GuardedRoute } from './route.ts';

export interface ServiceDescription {
  /** What /health answers with: `profiles`. */
  readonly service: string;
  readonly title: string;
  readonly description: string;
  readonly version: string;
  /** How its callers are known. */
  readonly access: AccessMode;
}

class HealthDto {
  static readonly title: string = 'Health';

  @Text('ok')
  status!: string;

  @Text('Which service answers.')
  service!: string;
}

const TAG = 'Service';
const HTML = 'text/html; charset=utf-8';

/**
 * The routes of a service, and those that every service has: its health and its description, over all of them.
 *
 * @param direct what is described beside them, and served without code
 */
export function withServiceRoutes(
  routes: readonly GuardedRoute[],
  about: ServiceDescription,
  direct: readonly DescribedRoute[] = [],
): GuardedRoute[] {
  const health = healthRoutes(about.service);
  return [...routes, ...health, ...descriptionRoutes([...routes, ...direct, ...health], about)];
}

/** @param service what answers: `profiles` */
export function healthRoutes(service: string): GuardedRoute[] {
  return open([
    {
      method: 'GET',
      path: '/health',
      operationId: 'health',
      tag: TAG,
      summary: 'Ask whether the service is up',
      responses: { 200: { description: 'It is.', dto: HealthDto, example: { status: 'ok', service } } },
      handle: () => ({ status: 200, body: { status: 'ok', service } }),
    },
  ]);
}

/** The routes that tell of all routes of a service, themselves included. */
export function descriptionRoutes(
  routes: readonly DescribedRoute[],
  { title, description, version, access }: Omit<ServiceDescription, 'service'>,
): GuardedRoute[] {
  let document: OpenApiDocument | undefined;
  // A cold start need not wait for what hardly anyone asks for.
  const described = (): OpenApiDocument =>
    (document ??= openApiOf([...routes, ...own], { title, description, version }, access));
  const own = open([
    {
      method: 'GET',
      path: '/openapi.json',
      operationId: 'openApi',
      tag: TAG,
      summary: 'Read the OpenAPI document of the service',
      responses: { 200: { description: 'OpenAPI 3.0.3.', mediaType: 'application/json' } },
      handle: (request) => ({
        status: 200,
        body: { ...described(), servers: [{ url: stageOf(request, '/openapi.json') || '/' }] },
      }),
    },
    {
      method: 'GET',
      path: '/docs',
      operationId: 'docs',
      tag: TAG,
      summary: 'Read this page',
      responses: { 200: { description: 'A page for people.', mediaType: HTML } },
      handle: (request) => ({
        status: 200,
        headers: {
          'content-type': HTML,
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        },
        text: docsPage(described(), `${originOf(request)}${stageOf(request, '/docs')}`),
      }),
    },
  ]);
  return own;
}

/** What stands before the route in the path: `/prod` on a stage of API Gateway, nothing on this machine. */
function stageOf({ fullPath }: ApiRequest, route: string): string {
  return fullPath.endsWith(route) ? fullPath.slice(0, -route.length) : '';
}

function originOf(request: ApiRequest): string {
  const host = request.header('host') ?? '';
  const scheme = request.header('x-forwarded-proto') === 'https' ? 'https' : 'http';
  // It is copied into command lines: nothing but a host and a port may pass.
  return /^[\w.-]+(:\d+)?$|^\[[0-9a-f:]+\](:\d+)?$/i.test(host)
    ? `${scheme}://${host}`
    : 'http://localhost:3000';
}
