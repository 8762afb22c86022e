import { beforeEach, describe, expect, it } from '@jest/globals';
import { bothServices, type Answer, type BothServices, type Sent } from './both-services.ts';

const POST = 'POST /v1/companies';
const JSON_TYPE = { 'content-type': 'application/json' };
const ACME = { name: 'Acme', countryCode: 'US' };

let api: BothServices;
beforeEach(() => {
  api = bothServices();
});

/** Sends what must be refused, and sees that nothing was stored. */
async function refused(line: string, sent?: Sent): Promise<Answer> {
  const answer = await api.send(line, sent);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.body).toMatchObject({
    type: expect.stringMatching(/^urn:company-registry:problem:[a-z-]+$/),
    title: expect.any(String),
    status: answer.status,
    detail: expect.any(String),
    requestId: answer.headers['x-request-id'],
  });
  expect((await api.send('GET /v1/companies')).body['items']).toEqual([]);
  return answer;
}

function faultsOf(answer: Answer): unknown {
  expect(answer.status).toBe(400);
  return answer.body['errors'];
}

async function refusedBody(body: object | string | Buffer): Promise<unknown> {
  return faultsOf(await refused(POST, { body, headers: JSON_TYPE }));
}

describe('a body that is no JSON', () => {
  it.each([
    ['{"name": "Acme",}', /position 16/],
    ['{"name": "Acme"', /end of input/],
    ['{name: 1}', /position 1\b/],
    ['{"name": "a\nb"}', /position/],
    ['{"name": "\\x"}', /position/],
    ['{"name": 01}', /position/],
    ['{"name": .5}', /position/],
    ['{"name": NaN}', /position/],
    ['nonsense', /position 0/],
    ['{} {}', /position 3/],
    ['"', /end of input/],
  ])('is refused with the position: %j', async (body, detail) => {
    expect(await refusedBody(body)).toEqual([{ pointer: '', detail: expect.stringMatching(detail) }]);
  });

  it('is refused with the position, and abridged', async () => {
    const answer = await refused(POST, { body: `{"name": ${'1'.repeat(100_000)}.}`, headers: JSON_TYPE });
    expect(faultsOf(answer)).toEqual([
      { pointer: '', detail: expect.stringMatching(/ … .*position 100010$/) },
    ]);
    expect(answer.text.length).toBeLessThan(1500);
  });

  it('is refused where it is empty', async () => {
    expect(faultsOf(await refused(POST, { headers: JSON_TYPE }))).toMatchObject([{ pointer: '' }]);
    expect(await refusedBody(' \n')).toMatchObject([{ pointer: '' }]);
  });

  it.each(['[', '{"a":', '[{"a":'])('is refused where it is 100,000 times %s', async (opening) => {
    const detail = expect.stringContaining('nested deeper than 32 levels');
    expect(await refusedBody(opening.repeat(100_000))).toEqual([{ pointer: '', detail }]);
  });

  it('is refused where it is no UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    expect(await refusedBody(body)).toEqual([{ pointer: '', detail: 'is not UTF-8' }]);
  });
});

describe('a body that is encoded', () => {
  it.each(['\uFEFF{}', '\uFEFF', Buffer.from('\uFEFF{"name":"Ü"}')])(
    'is refused where it begins with a byte order mark: %j',
    async (body) => {
      const detail = expect.stringContaining('begins with a byte order mark (U+FEFF)');
      expect(await refusedBody(body)).toEqual([{ pointer: '', detail }]);
    },
  );

  it.each(['gzip', 'identity, br', 'deflate'])('is refused where it is in %s', async (encoding) => {
    const headers = { ...JSON_TYPE, 'content-encoding': encoding };
    const answer = await refused(POST, { body: ACME, headers });
    expect(answer.status).toBe(415);
    expect(answer.headers['accept-encoding']).toBe('identity');
    expect(answer.body).toMatchObject({
      type: 'urn:company-registry:problem:unsupported-content-encoding',
      detail: expect.stringContaining(encoding),
    });
  });

  it('is taken where the encoding is none', async () => {
    const headers = { ...JSON_TYPE, 'content-encoding': 'Identity' };
    expect((await api.send(POST, { body: ACME, headers })).status).toBe(201);
  });
});

describe('a body whose meaning is open', () => {
  it.each([
    ['{"name":"A","name":"B","countryCode":"US"}', '/name'],
    ['{"name":"A","name":"A","countryCode":"US"}', '/name'],
    ['{"n\\u0061me":"A","name":"A"}', '/name'],
    ['{"tags":[{},{"a/b":1 , "a/b" :2}]}', '/tags/1/a~1b'],
    ['{"__proto__":1,"__proto__":2}', '/__proto__'],
  ])('is refused with the name that is there twice: %s', async (body, pointer) => {
    expect(await refusedBody(body)).toEqual([{ pointer, detail: 'is given twice' }]);
  });

  it('may have the same name in two objects, and as a value', async () => {
    const identifiers = '[{"scheme":"cik","value":"1"},{"scheme":"value","value":"scheme"}]';
    const body = `{"name":"name","countryCode":"US","identifiers":${identifiers}}`;
    expect((await api.send(POST, { body, headers: JSON_TYPE })).status).toBe(201);
  });
});

describe('a body of another shape', () => {
  it.each(['[]', '"text"', '1', 'null', 'true', '1e999'])('is refused: %s', async (body) => {
    expect(await refusedBody(body)).toEqual([{ pointer: '', detail: 'must be an object' }]);
  });

  it('is told all that is missing, unknown, owned by the server or of a wrong type', async () => {
    const body = {
      status: 5,
      foo: 1,
      version: 7,
      tags: ['a', 5, null],
      identifiers: [{ scheme: 'cik' }, 'x', [], null],
      industry: 'gics',
    };
    const faults = (await refusedBody(body)) as { pointer: string; detail: string }[];
    expect(Object.fromEntries(faults.map(({ pointer, detail }) => [pointer, detail]))).toEqual({
      '/foo': 'is an unknown property',
      '/version': 'is set by the server and cannot be given',
      '/identifiers/0/value': 'is required',
      '/identifiers/1': 'must be an object',
      '/identifiers/2': 'must be an object',
      '/identifiers/3': 'must be an object',
      '/industry': 'must be an object',
      '/name': 'is required',
      '/countryCode': 'is required',
      '/status': 'must be a string',
      '/tags/1': 'must be a string',
      '/tags/2': 'must be a string',
    });
  });

  it.each([
    [{ identifiers: {} }, '/identifiers', 'must be an array'],
    [{ identifiers: null }, '/identifiers', 'must be an array'],
    [{ identifiers: [[{ scheme: 'cik', value: '1' }]] }, '/identifiers/0', 'must be an object'],
    [{ industry: [] }, '/industry', 'must be an object'],
    [{ industry: null }, '/industry', 'must be an object'],
    [{ legalForm: null }, '/legalForm', 'must be a string'],
    [{ registeredOffice: { planet: 'Mars' } }, '/registeredOffice/planet', 'is an unknown property'],
    [{ registeredOffice: { locality: 5 } }, '/registeredOffice/locality', 'must be a string'],
    [{ tags: 'a' }, '/tags', 'must be an array'],
    [{ name: ['Acme'] }, '/name', 'must be a string'],
    [{ website: [5] }, '/website', 'must be a string'],
    [{ companyId: 'x' }, '/companyId', expect.stringContaining('server')],
    [{ previousNames: [] }, '/previousNames', expect.stringContaining('server')],
    [{ createdAt: 'x' }, '/createdAt', expect.stringContaining('server')],
    [{ updatedAt: 'x' }, '/updatedAt', expect.stringContaining('server')],
  ])('is refused: %j', async (facts, pointer, detail) => {
    expect(await refusedBody({ ...ACME, ...facts })).toEqual([{ pointer, detail }]);
  });

  it.each(['tags', 'identifiers'])('is refused where it has too many %s', async (list) => {
    const entries = list === 'tags' ? Array(21).fill('a') : Array(30_000).fill({ scheme: 'a', value: 'b' });
    expect(await refusedBody({ ...ACME, [list]: entries })).toEqual([
      { pointer: `/${list}`, detail: 'must contain no more than 20 elements' },
    ]);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'cannot reach the prototype of anything by %s',
    async (name) => {
      const json = `{"name":"A","countryCode":"US","${name}":{"polluted":true,"name":"B"}}`;
      expect(await refusedBody(json)).toEqual([{ pointer: `/${name}`, detail: 'is an unknown property' }]);
      const nested = `{"name":"A","countryCode":"US","industry":{"${name}":{"scheme":"B"}}}`;
      expect(await refusedBody(nested)).toContainEqual({
        pointer: `/industry/${name}`,
        detail: 'is an unknown property',
      });
      expect({}).not.toHaveProperty('polluted');
    },
  );

  it('is told of no more faults than a person reads, by names of bounded length', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`property-${index}`, 1]));
    expect(await refusedBody(many)).toHaveLength(50);
    const answer = await refused(POST, { body: { ...ACME, ['x'.repeat(900_000)]: 1 } });
    expect(answer.text.length).toBeLessThan(1000);
  });
});

describe('a fact that no company can have', () => {
  it.each([
    [{ name: 'a\u0000b' }, '/name'],
    [{ name: 'abc\u202Edef' }, '/name'],
    [{ name: ' ' }, '/name'],
    [{ name: 'a\ud800' }, '/name'],
    [{ tags: ['a\ud800'] }, '/tags/0'],
    [{ website: 'https://a\udfff' }, '/website'],
    [{ countryCode: '\ud800' }, '/countryCode'],
    [{ status: 'alive' }, '/status'],
    [{ countryCode: 'ZZ' }, '/countryCode'],
    [{ identifiers: [{ scheme: 'lei', value: 'HWUPKR0MPOU8FGXBT395' }] }, '/identifiers/0/value'],
    [{ identifiers: [{ scheme: '\ud800', value: 'x' }] }, '/identifiers/0/scheme'],
    [{ foundedOn: '2023-02-29' }, '/foundedOn'],
    [{ website: 'javascript:alert(1)' }, '/website'],
  ])('is refused where it is: %j', async (facts, pointer) => {
    const [fault] = (await refusedBody({ ...ACME, ...facts })) as { pointer: string }[];
    expect(fault).toMatchObject({ pointer });
  });

  it.each([
    ['name', 'x'.repeat(201)],
    ['name', '😀'.repeat(201)],
    ['description', 'x'.repeat(2001)],
  ])('is refused where it is too long a %s', async (name, value) => {
    const detail = expect.stringContaining('at most');
    expect(await refusedBody({ ...ACME, [name]: value })).toEqual([{ pointer: `/${name}`, detail }]);
  });

  it('is accepted with 200 code points outside the basic plane', async () => {
    expect((await api.send(POST, { body: { ...ACME, name: '😀'.repeat(200) } })).status).toBe(201);
  });
});

describe('a body in another way', () => {
  it.each([
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
    'application/jsonx',
    'application/merge-patch+json',
    'application/json, application/json',
  ])('is refused with the content type %s', async (contentType) => {
    const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType };
    const answer = await refused(POST, { body: JSON.stringify(ACME), headers });
    expect(answer.status).toBe(415);
    expect(answer.body['detail']).toContain('application/json');
  });

  it.each([
    'application/json',
    'Application/JSON',
    'application/json;charset=utf-8',
    'application/json; charset="UTF-8"',
  ])('is accepted with the content type %s', async (contentType) => {
    const answer = await api.send(POST, {
      body: JSON.stringify(ACME),
      headers: { 'Content-Type': contentType },
    });
    expect(answer.status).toBe(201);
  });

  it.each([
    ['letters', `{"name":"${'x'.repeat(1_000_000)}"}`],
    ['characters of several bytes', `{"name":"${'ä'.repeat(500_000)}"}`],
    ['bytes that are no text', Buffer.alloc(1_000_001, 0xff)],
  ])('is refused where it has more than 1 MB of %s', async (_of, body) => {
    const answer = await refused(POST, { body, headers: JSON_TYPE });
    expect(answer).toMatchObject({ status: 413, body: { title: 'Body too large' } });
  });
});

describe('a parameter that makes no sense', () => {
  const ID = '01977a3e-5d2c-7c1a-9b42-6f0d3c8e51a7';

  it.each([
    ['GET /v1/companies?limit=0', ['?limit']],
    ['GET /v1/companies?limit=101', ['?limit']],
    ['GET /v1/companies?limit=-1', ['?limit']],
    ['GET /v1/companies?limit=1.5', ['?limit']],
    ['GET /v1/companies?limit=', ['?limit']],
    ['GET /v1/companies?limit=1e1', ['?limit']],
    ['GET /v1/companies?limit=1&limit=2', ['?limit']],
    ['GET /v1/companies?cursor=', ['?cursor']],
    ['GET /v1/companies?cursor=abc', ['?cursor']],
    ['GET /v1/companies?name=', ['?name']],
    ['GET /v1/companies?name=%20', ['?name']],
    [`GET /v1/companies?name=${'x'.repeat(201)}`, ['?name']],
    ['GET /v1/companies?name=a%00', ['?name']],
    ['GET /v1/companies?country=USA', ['?country']],
    ['GET /v1/companies?industry=gics', ['?industry']],
    ['GET /v1/companies?industry=:1', ['?industry']],
    ['GET /v1/companies?industry=gics:', ['?industry']],
    ['GET /v1/companies?status=alive', ['?status']],
    ['GET /v1/companies?name=a&country=US', ['?name', '?country']],
    ['GET /v1/companies?foo=1&__proto__=2', ['?foo', '?__proto__']],
    [`GET /v1/companies/${ID}?fields=name`, ['?fields']],
    ['GET /v1/companies/nonsense', ['{companyId}']],
    ['GET /v1/companies/%ZZ', ['{companyId}']],
    ['GET /v1/companies/%C3', ['{companyId}']],
    [`GET /v1/companies/${ID}/revisions/0`, ['{version}']],
    [`GET /v1/companies/${ID}/revisions/one`, ['{version}']],
    [`GET /v1/companies/${ID}/revisions/99999999999999999999`, ['{version}']],
    [`GET /v1/companies/${ID}/revisions?limit=0`, ['?limit']],
    ['GET /v1/companies/nonsense/revisions', ['{companyId}']],
    ['GET /v1/identifiers/lei/123', ['{value}']],
    ['GET /v1/identifiers/%20/x', ['{scheme}']],
    ['GET /v1/identifiers/ticker/%E0%A4%A', ['{value}']],
    ['GET /v1/statistics/companies/nonsense', ['{companyId}']],
    [`GET /v1/statistics/companies/${ID}?atLeastVersion=0`, ['?atLeastVersion']],
    [`GET /v1/statistics/companies/${ID}?atLeastVersion=x`, ['?atLeastVersion']],
    [`GET /v1/statistics/companies/${ID}?limit=101`, ['?limit']],
    ['GET /v1/statistics/companies/nonsense/series/price?unit=USD', ['{companyId}']],
    [`GET /v1/statistics/companies/${ID}/series/Price?unit=USD`, ['{metric}']],
    [`GET /v1/statistics/companies/${ID}/series/%20?unit=USD`, ['{metric}']],
    [`GET /v1/statistics/companies/${ID}/series/${'a'.repeat(201)}?unit=USD`, ['{metric}']],
    [`GET /v1/statistics/companies/${ID}/series/price`, ['?unit']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=`, ['?unit']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=${'u'.repeat(51)}`, ['?unit']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=a%00`, ['?unit']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=USD&granularity=day`, ['?granularity']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=USD&from=2024-13`, ['?from']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=USD&from=now&to=2024-Q1`, ['?from', '?to']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=USD&from=2024-01-01T00:00:00+01:00`, ['?from']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=USD&from=2025&to=2024`, ['?to']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=USD&from=2024&to=2024-01-01`, ['?to']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=USD&limit=1001`, ['?limit']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=USD&limit=0`, ['?limit']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=USD&cursor=x`, ['?cursor']],
    [`GET /v1/statistics/companies/${ID}/series/price?unit=USD&unit=EUR`, ['?unit']],
    [`GET /v1/statistics/companies/${ID}/series/price/reports?unit=USD&limit=101`, ['?limit']],
    [`GET /v1/statistics/companies/${ID}/series/price/reports?unit=USD&granularity=raw`, ['?granularity']],
    ['GET /v1/statistics/rankings/Price', ['{metric}']],
    ['GET /v1/statistics/rankings/price?unit=USD&order=up', ['?order']],
    ['GET /v1/statistics/rankings/price?unit=USD&country=USA', ['?country']],
    ['GET /v1/statistics/rankings/price?unit=USD&industry=gics', ['?industry']],
    ['GET /v1/statistics/rankings/price?unit=USD&limit=101', ['?limit']],
    ['GET /v1/statistics/aggregates/sector', ['{dimension}']],
    ['GET /v1/statistics/aggregates/country?unit=USD', ['?unit']],
    ['GET /v1/statistics/aggregates/country?metric=Price', ['?metric']],
    ['GET /v1/statistics/aggregates/country?metric=', ['?metric']],
    ['GET /v1/statistics/metrics/Share%20Price', ['{metric}']],
    [`GET /v1/statistics/metrics/${'a'.repeat(3000)}`, ['{metric}']],
  ])('is refused: %s', async (line, pointers) => {
    const answer = await refused(line);
    const faults = faultsOf(answer) as { pointer: string }[];
    expect(faults.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(answer.body['detail']).toContain(pointers[0]);
  });

  it('is told the combinations that there are', async () => {
    const answer = await refused('GET /v1/companies?name=a&industry=gics:1');
    expect(answer.body['detail']).toContain('name, country or industry, or none of them');
    const unknown = await refused('GET /v1/companies?sort=name');
    expect(unknown.body['detail']).toContain('name, country, industry, status, limit, cursor');
  });
});
