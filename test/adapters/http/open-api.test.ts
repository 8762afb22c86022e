import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from '@jest/globals';
import type { AccessMode } from '../../../src/adapters/http/gate.ts';
import { docsPage } from '../../../src/adapters/http/docs-page.ts';
import { openApiOf, type OpenApiDocument } from '../../../src/adapters/http/open-api.ts';
import { bothServices } from './both-services.ts';

const api = bothServices();
const document = (await api.send('GET /openapi.json')).body as unknown as OpenApiDocument;

describe('the OpenAPI document', () => {
  it('is valid', async () => {
    const { valid, errors } = await new Validator().validate(
      JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
    );
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it.each<AccessMode>(['jwt', 'iam'])('is valid where callers are to be known: %s', async (access) => {
    const guarded = openApiOf(api.routes, { title: 'A', description: 'B', version: '1' }, access);
    const { errors } = await new Validator().validate(
      JSON.parse(JSON.stringify(guarded)) as Record<string, unknown>,
    );
    expect(errors).toBeUndefined();
  });

  it('tells of each route what it takes to call it', () => {
    const { paths } = openApiOf(api.routes, { title: '', description: '', version: '' }, 'jwt');
    expect(paths['/v1/companies']?.['get']).toMatchObject({
      security: [{ token: [] }],
      'x-required-scope': 'profiles:read',
      responses: { 401: {}, 403: {} },
    });
    expect(paths['/v1/statistics/metrics/{metric}']?.['put']).toMatchObject({
      'x-required-scope': 'statistics:write',
    });
    expect(paths['/health']?.['get']).toMatchObject({ security: [] });
  });

  it('has every route, once', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [method.toUpperCase(), path, operationId]),
    );
    const routes = api.routes.map(({ method, path, operationId }) => [method, path, operationId]);
    expect(described.sort()).toEqual(routes.sort());
    expect(new Set(routes.map(([, , operationId]) => operationId)).size).toBe(routes.length);
  });

  it('declares the parameters of every path', () => {
    for (const { path, parameters = [] } of api.routes) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  it('has examples that fit its schemas', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(ajv);
    ajv.addSchema(document, 'document');
    const media = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap(({ requestBody, responses }) => [
        requestBody?.content,
        ...Object.values(responses).map((r) => r.content),
      ])
      .flatMap((content) => Object.values(content ?? {}));
    const examples = media.filter(({ example }) => example !== undefined);
    expect(examples.length).toBeGreaterThan(10);
    for (const { schema, example } of examples) {
      const validate = ajv.compile({ $ref: `document${schema.$ref ?? ''}` });
      expect([validate(example), validate.errors]).toEqual([true, null]);
    }
  });

  it('describes a patch as something that takes away, and leaves out', () => {
    const { CompanyFactsPatch: patch, CompanyFactsInput: input } = document.components.schemas;
    expect(patch?.required).toBeUndefined();
    expect(patch?.properties?.['website']).toMatchObject({ nullable: true });
    expect(patch?.properties?.['name']).not.toHaveProperty('nullable');
    expect(patch?.properties?.['tags']).toMatchObject({ nullable: true });
    // In OpenAPI 3.0, an enum says of null too whether it may be.
    expect(patch?.properties?.['status']).toMatchObject({
      nullable: true,
      enum: ['active', 'dormant', 'dissolved', null],
    });
    expect(patch?.properties?.['status']).not.toHaveProperty('default');
    expect(input?.required).toEqual(['name', 'countryCode']);
    expect(input?.properties?.['status']).toMatchObject({ default: 'active' });
  });
});

describe('the epoch of a replica', () => {
  it('begins with 1', () => {
    const { Replica: replica } = document.components.schemas;
    expect(replica?.properties?.['profileEpoch']).toMatchObject({ minimum: 1 });
    const { responses } = document.paths['/v1/statistics/companies/{companyId}']?.['get'] ?? {};
    expect(responses?.[200]?.content?.['application/json']?.example).toMatchObject({
      replica: { profileEpoch: 1 },
    });
  });
});

describe('the example of a company', () => {
  it('can be sent as it stands', async () => {
    const { requestBody } = document.paths['/v1/companies']?.['post'] ?? {};
    const body = requestBody?.content['application/json']?.example ?? {};
    expect((await bothServices().send('POST /v1/companies', { body })).status).toBe(201);
  });
});

describe('the example of observations', () => {
  it('can be sent as it stands', async () => {
    const path = '/v1/statistics/companies/{companyId}/observations';
    const { requestBody, responses } = document.paths[path]?.['post'] ?? {};
    const body = requestBody?.content['application/json']?.example ?? {};
    const line = path.replace('{companyId}', '01977a3e-5d2c-7c1a-9b42-6f0d3c8e51a7');
    const answer = await bothServices().send(`POST ${line}`, { body });
    expect(answer.body).toEqual(responses?.[200]?.content?.['application/json']?.example);
  });
});

describe('the example of a metric', () => {
  it('can be sent as it stands', async () => {
    const { requestBody } = document.paths['/v1/statistics/metrics/{metric}']?.['put'] ?? {};
    const body = requestBody?.content['application/json']?.example ?? {};
    expect((await bothServices().send('PUT /v1/statistics/metrics/price', { body })).status).toBe(200);
  });
});

describe('a value', () => {
  it('may come as a text or as a number, and leaves as a text', () => {
    const { StatedObservation: stated, Observation: told } = document.components.schemas;
    expect(stated?.properties?.['value']).toMatchObject({ oneOf: [{ type: 'string' }, { type: 'number' }] });
    expect(told?.properties?.['value']).toMatchObject({ type: 'string' });
  });
});

describe('what may be null', () => {
  it('says so, and nothing else is', () => {
    const { Summary: summary, Replica: replica } = document.components.schemas;
    expect(replica).toMatchObject({ nullable: true });
    const nullable = Object.entries(summary?.properties ?? {}).filter(([, schema]) => schema.nullable);
    expect(nullable.map(([name]) => name)).toEqual(['companyName', 'status', 'countryCode', 'replica']);
  });
});

describe('the page for people', () => {
  it('shows every operation, and needs nothing from elsewhere', async () => {
    const { text, headers } = await api.send('GET /docs', { headers: { host: 'registry.example:3000' } });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    for (const { operationId, method, path } of api.routes) {
      expect(text).toContain(`<section id="${operationId}">\n<h3><b>${method}</b> <code>${path}</code></h3>`);
    }
    expect(text).toContain('<a href="#schema-Observation">Observation</a> or <a href="#schema-PeriodPoint">');
    expect(text).not.toMatch(/<(script|link|img|iframe)|url\(|@import/);
    expect(text).toContain('curl &#39;http://registry.example:3000/v1/identifiers/ticker/AAPL&#39;');
  });

  it.each([`x'; rm -rf ~ #`, '<i>', 'a b c', 'user@registry.example'])(
    'does not copy the host %j into a command line',
    async (host) => {
      const { text } = await api.send('GET /docs', { headers: { host } });
      expect(text).toContain('http://localhost:3000/v1/companies');
      expect(text).not.toContain(host);
    },
  );

  it('says which scope a route needs, and where the token stands', () => {
    const page = docsPage(
      openApiOf(api.routes, { title: '', description: '', version: '' }, 'jwt'),
      'http://a',
    );
    expect(page).toContain('Needs a token with the scope <code>profiles:write</code>.');
    expect(page).toContain('-H &quot;Authorization: Bearer $TOKEN&quot;');
  });

  it('escapes what it shows', () => {
    const info = { title: '<script>', description: '"a" & \'b\'', version: '</style>' };
    const page = docsPage(openApiOf([], info), 'http://localhost');
    expect(page).toContain('<title>&lt;script&gt;</title>');
    expect(page).toContain('<p>&quot;a&quot; &amp; &#39;b&#39;</p>');
    expect(page).not.toContain('<script>');
  });
});

describe('the health', () => {
  it('says which service it is of', async () => {
    expect((await api.send('GET /health')).body).toEqual({ status: 'ok', service: 'company-registry' });
  });
});
