import { beforeEach, describe, expect, it } from '@jest/globals';
import { examples } from '../../../src/adapters/http/profiles/examples.ts';
import { bothServices, type Answer, type BothServices } from './both-services.ts';

const ACME = { name: 'Acme', countryCode: 'US' };

let api: BothServices;
beforeEach(() => {
  api = bothServices();
});

async function registered(body: object = ACME): Promise<{ path: string; companyId: string; answer: Answer }> {
  const answer = await api.send('POST /v1/companies', { body });
  expect(answer.status).toBe(201);
  return { path: answer.headers['location'] ?? '', companyId: String(answer.body['companyId']), answer };
}

const at = (version: number): { 'if-match': string } => ({ 'if-match': `"${version}"` });

describe('registering a company', () => {
  it('answers with the company, its place and its version', async () => {
    const { answer, path, companyId } = await registered();
    expect(path).toBe(`/v1/companies/${companyId}`);
    expect(answer.headers['etag']).toBe('"1"');
    expect(answer.body).toEqual({
      companyId,
      name: 'Acme',
      previousNames: [],
      status: 'active',
      countryCode: 'US',
      identifiers: [],
      tags: [],
      version: 1,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    });
    expect((await api.send(`GET ${path}`)).body).toEqual(answer.body);
  });

  it('keeps every fact, in the order of the interface', async () => {
    const { answer } = await registered({ ...examples().body, description: 'Makes things.\nWell.' });
    const {
      companyId: _id,
      previousNames: _names,
      version: _version,
      createdAt: _c,
      updatedAt: _u,
      ...facts
    } = answer.body;
    expect(facts).toEqual({ ...examples().body, description: 'Makes things.\nWell.' });
    expect(Object.keys(answer.body)).toEqual([
      ...[
        'companyId',
        'name',
        'previousNames',
        'status',
        'countryCode',
        'legalForm',
        'industry',
        'identifiers',
      ],
      ...[
        'registeredOffice',
        'website',
        'foundedOn',
        'description',
        'tags',
        'version',
        'createdAt',
        'updatedAt',
      ],
    ]);
  });

  describe('with an Idempotency-Key', () => {
    const once = { 'idempotency-key': 'key-1' };

    it('answers the first 201 again, whatever happened since', async () => {
      const first = await api.send('POST /v1/companies', { body: ACME, headers: once });
      const path = first.headers['location'] ?? '';
      await api.send(`PATCH ${path}`, { body: { name: 'Acme 2' }, headers: at(1) });

      // The same body, laid out otherwise.
      const body = '{ "countryCode": "US",\n "name": "Acme" }';
      const again = await api.send('POST /v1/companies', {
        body,
        headers: { ...once, 'content-type': 'application/json; charset=UTF-8' },
      });
      expect(again.status).toBe(201);
      expect(again.body).toEqual(first.body);
      expect(again.headers['etag']).toBe('"1"');
      expect((await api.send('GET /v1/companies')).body['items']).toHaveLength(1);
    });

    it('refuses the key for another body', async () => {
      await api.send('POST /v1/companies', { body: ACME, headers: once });
      const other = await api.send('POST /v1/companies', { body: { ...ACME, name: 'Other' }, headers: once });
      expect(other.status).toBe(422);
      expect(other.body).toMatchObject({ type: 'urn:company-registry:problem:idempotency-key-reused' });
    });

    it.each(['', ' ', 'a b', 'ä', 'x'.repeat(256)])('refuses the key %j', async (key) => {
      const answer = await api.send('POST /v1/companies', {
        body: ACME,
        headers: { 'idempotency-key': key },
      });
      expect(answer.status).toBe(400);
      expect(answer.body['errors']).toMatchObject([{ pointer: 'Idempotency-Key' }]);
    });
  });

  it('names the company that holds an exclusive identifier', async () => {
    const lei = { scheme: 'lei', value: 'HWUPKR0MPOU8FGXBT394' };
    const { companyId } = await registered({ ...ACME, identifiers: [lei] });
    const answer = await api.send('POST /v1/companies', { body: { ...ACME, identifiers: [lei] } });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      type: 'urn:company-registry:problem:identifier-taken',
      ...lei,
      companyId,
    });
    expect(answer.body['detail']).toContain(companyId);
  });
});

describe('reading a company', () => {
  it.each(['"1"', 'W/"1"', '"7", "1"', '*', ' * '])('answers 304 to If-None-Match %s', async (tag) => {
    const { path } = await registered();
    const answer = await api.send(`GET ${path}`, { headers: { 'If-None-Match': tag } });
    expect(answer).toMatchObject({ status: 304, text: '' });
    expect(answer.headers['etag']).toBe('"1"');
  });

  it.each(['"2"', 'W/"11"', 'nonsense', '1', ''])('answers 200 to If-None-Match %s', async (tag) => {
    const { path } = await registered();
    expect((await api.send(`GET ${path}`, { headers: { 'if-none-match': tag } })).status).toBe(200);
  });

  it('takes an id in upper case', async () => {
    const { path, companyId } = await registered();
    const answer = await api.send(`GET ${path.replace(companyId, companyId.toUpperCase())}`);
    expect(answer.body['companyId']).toBe(companyId);
  });

  it('answers 404 where there is none', async () => {
    const companyId = '01977a3e-5d2c-7c1a-9b42-6f0d3c8e51a7';
    const answer = await api.send(`GET /v1/companies/${companyId}`);
    expect(answer).toMatchObject({ status: 404, body: { title: 'Company not found', companyId } });
  });
});

describe.each(['PUT', 'PATCH', 'DELETE'])('%s', (method) => {
  const body = method === 'DELETE' ? {} : { body: { ...ACME, name: 'New' } };

  it('requires If-Match', async () => {
    const { path } = await registered();
    const answer = await api.send(`${method} ${path}`, body);
    expect(answer).toMatchObject({ status: 428, body: { title: 'Version required' } });
    expect((await api.send(`GET ${path}`)).body['version']).toBe(1);
  });

  it('refuses another version than the current one', async () => {
    const { path } = await registered();
    const answer = await api.send(`${method} ${path}`, { ...body, headers: at(2) });
    expect(answer).toMatchObject({ status: 412, body: { expectedVersion: 2, currentVersion: 1 } });
    expect((await api.send(`GET ${path}`)).body['version']).toBe(1);
  });

  it.each([
    'nonsense',
    '1',
    'W/"1"',
    '"1", "2"',
    '*',
    '""',
    '"0"',
    '"01"',
    '"-1"',
    '"1e3"',
    '"9007199254740993"',
    '',
  ])('refuses If-Match: %s', async (tag) => {
    const { path } = await registered();
    const answer = await api.send(`${method} ${path}`, { ...body, headers: { 'if-match': tag } });
    expect(answer.status).toBe(400);
    expect(answer.body['errors']).toMatchObject([{ pointer: 'If-Match' }]);
    expect((await api.send(`GET ${path}`)).body['version']).toBe(1);
  });

  it('answers 404 where there is no company', async () => {
    const path = '/v1/companies/01977a3e-5d2c-7c1a-9b42-6f0d3c8e51a7';
    expect((await api.send(`${method} ${path}`, { ...body, headers: at(1) })).status).toBe(404);
  });
});

describe('replacing a company', () => {
  it('takes away what is not given', async () => {
    const { path } = await registered({ ...examples().body });
    const answer = await api.send(`PUT ${path}`, { body: ACME, headers: at(1) });
    expect(answer.status).toBe(200);
    expect(answer.headers['etag']).toBe('"2"');
    expect(answer.body).toMatchObject({
      name: 'Acme',
      status: 'active',
      identifiers: [],
      tags: [],
      version: 2,
    });
    expect(answer.body['previousNames']).toMatchObject([{ name: examples().body.name }]);
    expect(answer.body).not.toHaveProperty('website');
  });

  it('has no effect where nothing differs', async () => {
    const { path, answer } = await registered();
    const again = await api.send(`PUT ${path}`, { body: ACME, headers: at(1) });
    expect(again).toMatchObject({ status: 200, body: answer.body });
  });
});

describe('changing a company', () => {
  const patch = { 'content-type': 'application/merge-patch+json', ...at(1) };

  it('renames it', async () => {
    const { path } = await registered();
    api.profiles.clock.advance(1000);
    const answer = await api.send(`PATCH ${path}`, { body: { name: ' Acme Two ' }, headers: patch });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      name: 'Acme Two',
      version: 2,
      updatedAt: '2026-01-01T00:00:01.000Z',
      previousNames: [{ name: 'Acme', from: '2026-01-01T00:00:00.000Z', until: '2026-01-01T00:00:01.000Z' }],
    });
  });

  it('merges objects, replaces lists and removes what is null', async () => {
    const { path } = await registered({ ...examples().body });
    const answer = await api.send(`PATCH ${path}`, {
      body: {
        tags: ['a'],
        website: null,
        registeredOffice: { addressLine2: 'Room 1', region: null },
        industry: { label: 'Hardware' },
      },
      headers: patch,
    });
    const { region: _region, ...office } = examples().body.registeredOffice ?? {};
    expect(answer.body).toMatchObject({
      name: examples().body.name,
      tags: ['a'],
      registeredOffice: { ...office, addressLine2: 'Room 1' },
      industry: { scheme: 'gics', code: '45202030', label: 'Hardware' },
    });
    expect(answer.body).not.toHaveProperty('website');
    expect(answer.body['registeredOffice']).not.toHaveProperty('region');
  });

  it('gives what is null its default where it has one, as a body without it does', async () => {
    const { path } = await registered({ ...examples().body, status: 'dormant' });
    const body = { tags: null, identifiers: null, status: null };
    const answer = await api.send(`PATCH ${path}`, { body, headers: patch });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ tags: [], identifiers: [], status: 'active', version: 2 });
  });

  it('has no effect where nothing differs', async () => {
    const { path, answer } = await registered();
    expect(await api.send(`PATCH ${path}`, { body: {}, headers: patch })).toMatchObject({
      body: answer.body,
    });
    expect(await api.send(`PATCH ${path}`, { body: { name: 'Acme' }, headers: patch })).toMatchObject({
      status: 200,
      body: answer.body,
    });
  });

  it.each([
    [{ name: null }, '/name'],
    [{ countryCode: null }, '/countryCode'],
    [{ industry: { scheme: null } }, '/industry/scheme'],
    [{ version: null }, '/version'],
    [{ registeredOffice: { planet: null } }, '/registeredOffice/planet'],
    [{ industry: [] }, '/industry'],
    [{ identifiers: [{ scheme: 'cik' }] }, '/identifiers/0/value'],
    [{ name: 'a\u0000b' }, '/name'],
  ])('refuses %j', async (body, pointer) => {
    const { path } = await registered({ ...examples().body });
    const answer = await api.send(`PATCH ${path}`, { body, headers: patch });
    expect(answer.status).toBe(400);
    expect(answer.body['errors']).toMatchObject([{ pointer }]);
    expect((await api.send(`GET ${path}`)).body['version']).toBe(1);
  });

  it.each([
    [{ name: 5 }, '/name'],
    [{ industry: { scheme: 5 } }, '/industry/scheme'],
    [{ identifiers: 'cik' }, '/identifiers'],
    [{ identifiers: [{ scheme: 5 }] }, '/identifiers/0/scheme'],
    [{ tags: ['a', 5] }, '/tags/1'],
  ])('refuses what is of a wrong type before it looks at the version: %j', async (body, pointer) => {
    const { path } = await registered({ ...examples().body });
    const answer = await api.send(`PATCH ${path}`, { body, headers: { ...patch, ...at(7) } });
    expect(answer.status).toBe(400);
    expect(answer.body['errors']).toMatchObject([{ pointer }]);
  });

  it('refuses an identifier of another company', async () => {
    const identifiers = [{ scheme: 'cik', value: '320193' }];
    const holder = await registered({ ...ACME, identifiers });
    const { path } = await registered();
    const answer = await api.send(`PATCH ${path}`, { body: { identifiers }, headers: patch });
    expect(answer).toMatchObject({ status: 409, body: { companyId: holder.companyId, value: '0000320193' } });
  });
});

describe('removing a company', () => {
  it('leaves a 404, and its identifiers to others', async () => {
    const identifiers = [{ scheme: 'cik', value: '320193' }];
    const { path } = await registered({ ...ACME, identifiers });
    const removed = await api.send(`DELETE ${path}`, { headers: at(1) });
    expect(removed).toMatchObject({ status: 204, text: '' });
    expect((await api.send(`GET ${path}`)).status).toBe(404);
    expect((await api.send(`DELETE ${path}`, { headers: at(2) })).status).toBe(404);
    expect((await api.send('POST /v1/companies', { body: { ...ACME, identifiers } })).status).toBe(201);
  });
});
