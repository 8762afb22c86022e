import { describe, expect, it } from '@jest/globals';
import type { ApiDocument } from '../../infra/api/api-document.ts';
import { gatewayResponses } from '../../infra/api/gateway-responses.ts';
import { restApiBody } from '../../infra/api/rest-api-body.ts';
import type { OpenApiDocument } from '../../src/adapters/http/open-api.ts';
import { apiDocuments } from '../../src/entrypoints/composition/api-documents.ts';
import { bothServices } from '../adapters/http/both-services.ts';

const INTEGRATION = 'x-amazon-apigateway-integration';
const ANY_METHOD = 'x-amazon-apigateway-any-method';
const DIRECT = '/v1/direct/statistics/companies/{companyId}';
const OF_SERVICE = ['/docs', '/health', '/openapi.json'];
const guard = { security: [{ signature: [] }] };

interface Method {
  readonly security?: readonly object[];
  readonly responses: object;
  readonly [INTEGRATION]: Readonly<Record<string, unknown>>;
}
type Paths = Readonly<Record<string, Readonly<Record<string, Method>>>>;

const documents = apiDocuments('iam');

function bodyOf(parts: Readonly<Record<string, ApiDocument>>): { paths: Paths } {
  return restApiBody({
    title: 'both',
    parts: Object.entries(parts).map(([name, document]) => ({ document, integration: { uri: name } })),
    gatewayResponses: {},
    guard,
    securitySchemes: {},
    fillIn: (template) => `filled in: ${template}`,
  }) as { paths: Paths };
}

function routesOf(paths: ApiDocument['paths'] | Paths): string[] {
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods as object)
      .filter((method) => /^(get|post|put|patch|delete)$/.test(method))
      .map((method) => `${method} ${path}`),
  );
  return [...new Set(routes)].toSorted();
}

describe('the API as API Gateway imports it', () => {
  const { paths } = bodyOf(documents);

  it('has every route that one machine serves', async () => {
    const served = (await bothServices().send('GET /openapi.json')).body as unknown as OpenApiDocument;
    expect(routesOf(paths)).toEqual([...new Set([...routesOf(served.paths), `get ${DIRECT}`])].toSorted());
  });

  it('has each route at the Lambda that serves it', () => {
    const served = Object.entries(documents).flatMap(([entrypoint, document]) =>
      routesOf(document.paths).map((route) => ({ route, entrypoint })),
    );
    const misled = served.filter(({ route, entrypoint }) => {
      const [method = '', path = ''] = route.split(' ');
      // Each service has these, and an API of its own for them.
      if (OF_SERVICE.includes(path) || path === DIRECT) return false;
      return paths[path]?.[method]?.[INTEGRATION].uri !== entrypoint;
    });
    expect(misled).toEqual([]);
  });

  it('lets everyone call what is open, and nothing else', () => {
    const open = Object.entries(paths).flatMap(([path, { parameters: _parameters, ...methods }]) =>
      Object.entries(methods)
        .filter(([, { security }]) => security === undefined)
        .map(([method]) => `${method} ${path}`),
    );
    const ofService = OF_SERVICE.flatMap((path) => [`get ${path}`, `${ANY_METHOD} ${path}`]);
    expect(open.toSorted()).toEqual(ofService.toSorted());
  });

  it('leaves other methods of a path to its Lambda, which knows what is allowed, and none to a table', () => {
    expect(paths['/v1/companies/{companyId}']?.[ANY_METHOD]).toMatchObject({
      ...guard,
      [INTEGRATION]: { uri: 'profiles-api' },
    });
    expect(Object.keys(paths[DIRECT] ?? {})).toEqual(['parameters', 'get']);
  });

  it('has the direct route as it is described, filled in, with every status that its templates begin from', () => {
    const direct = paths[DIRECT]?.['get'];
    const described = documents['statistics-api'].paths[DIRECT]?.['get']?.[INTEGRATION];
    expect(direct?.[INTEGRATION]).toEqual({
      ...described,
      uri: `filled in: ${described?.uri}`,
      credentials: 'filled in: ${StatisticsReader.Arn}',
    });
    const statuses = Object.values(described?.responses ?? {}).map(({ statusCode }) => statusCode);
    expect(Object.keys(direct?.responses ?? {})).toEqual(expect.arrayContaining(statuses));
  });

  it('names what is variable in a path alike in every route: API Gateway has one resource for them', () => {
    const names = new Map<string, string>();
    const clashes: string[] = [];
    for (const path of Object.keys(paths)) {
      const segments = path.split('/');
      for (const [index, segment] of segments.entries()) {
        if (!segment.startsWith('{')) continue;
        const parent = segments.slice(0, index).join('/');
        if ((names.get(parent) ?? segment) !== segment)
          clashes.push(`${parent}: ${names.get(parent)} and ${segment}`);
        names.set(parent, segment);
      }
    }
    expect(clashes).toEqual([]);
  });

  it('declares what is variable in a path', () => {
    const of = (path: string) => (paths[path] as unknown as { parameters?: { name: string }[] }).parameters;
    expect(of('/v1/identifiers/{scheme}/{value}')?.map(({ name }) => name)).toEqual(['scheme', 'value']);
    expect(of('/v1/companies')).toBeUndefined();
  });
});

describe.each(['iam', 'jwt'] as const)(
  'what API Gateway answers by itself, where callers are known by %s',
  (access) => {
    const responses = Object.entries(gatewayResponses(access));

    it.each(responses)('is a problem: %s', (_type, { statusCode, responseParameters, responseTemplates }) => {
      const problem = JSON.parse(responseTemplates['application/json']) as Record<string, unknown>;
      expect(problem).toEqual({
        type: expect.stringMatching(/^urn:company-registry:problem:[a-z-]+$/) as unknown,
        title: expect.stringMatching(/^[A-Z]/) as unknown,
        status: statusCode,
        detail: expect.stringMatching(/\.$/) as unknown,
        requestId: '$context.requestId',
      });
      expect(responseParameters['gatewayresponse.header.Content-Type']).toBe("'application/problem+json'");
    });

    it('tells who is not known how to become known', () => {
      const { UNAUTHORIZED, MISSING_AUTHENTICATION_TOKEN } = Object.fromEntries(responses);
      expect(UNAUTHORIZED?.responseParameters['gatewayresponse.header.www-authenticate']).toMatch(
        /^'(AWS4|Bearer)/,
      );
      expect(MISSING_AUTHENTICATION_TOKEN?.statusCode).toBe(access === 'iam' ? 401 : 404);
    });
  },
);
