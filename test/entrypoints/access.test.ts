import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenApiDocument } from '../../src/adapters/http/open-api.ts';
import { PROFILES_OPERATIONS } from '../../src/adapters/http/profiles/profiles-operations.ts';
import { SCOPES } from '../../src/adapters/http/route.ts';
import { STATISTICS_OPERATIONS } from '../../src/adapters/http/statistics/statistics-operations.ts';
import { apiDocuments } from '../../src/entrypoints/composition/api-documents.ts';
import { ConfigError, readConfig } from '../../src/entrypoints/composition/config.ts';
import { frontDoor } from '../../src/entrypoints/local/front-door.ts';
import { startLocalSystem, type LocalSystem } from '../../src/entrypoints/local/local-system.ts';
import { TokenIssuer } from '../support/token-issuer.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const COMPANY = { name: 'Acme', countryCode: 'US' };

let issuer: TokenIssuer;
let stranger: TokenIssuer;
let system: LocalSystem;
let dataFolder: string;
let lines: readonly string[];
beforeAll(async () => {
  [issuer, stranger] = await Promise.all([TokenIssuer.start(), TokenIssuer.start()]);
  dataFolder = await mkdtemp(join(tmpdir(), 'registry-access-'));
  system = await startLocalSystem(
    readConfig({
      HOST: '0.0.0.0',
      PORT: '0',
      REGISTRY_DATA: dataFolder,
      JWT_ISSUER: issuer.url,
      JWT_AUDIENCE: issuer.audience,
    }),
    true,
    silent,
  );
  const { paths } = (await (await ask('GET /openapi.json')).json()) as OpenApiDocument;
  lines = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security?.length !== 0)
      .map(([method]) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, valueOf)}`),
  );
});
afterAll(async () => {
  await system.stop();
  await Promise.all([issuer.close(), stranger.close(), rm(dataFolder, { recursive: true })]);
});

/** A value that a route takes for a parameter of its path. */
function valueOf(_part: string, name: string): string {
  const known: Readonly<Record<string, string>> = { scheme: 'ticker', dimension: 'country', version: '1' };
  return known[name] ?? (name.endsWith('Id') ? '01977a3e-5d2c-7c1a-9b42-6f0d3c8e51a7' : 'price');
}

function ask(line: string, token?: string, init: RequestInit = {}): Promise<Response> {
  const [method = '', path = ''] = line.split(' ');
  const headers = { ...init.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  return fetch(new URL(path, system.url), { ...init, method, headers });
}

const scopeOf = (line: string): string =>
  `${line.includes('statistics') ? 'statistics' : 'profiles'}:${line.startsWith('GET') ? 'read' : 'write'}`;
const allBut = (line: string): string => SCOPES.filter((scope) => scope !== scopeOf(line)).join(' ');
const secondsAgo = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds;
const json = { 'content-type': 'application/json' };

describe('every route', () => {
  it('is there: of companies, documents, imports and figures, and the one without a Lambda', () => {
    expect(lines.length).toBeGreaterThanOrEqual(20);
    for (const part of ['/companies', '/documents', '/imports', '/rankings', '/direct/'])
      expect(lines.filter((line) => line.includes(part))).not.toEqual([]);
  });

  it.each<[string, (line: string) => Promise<string | undefined> | string | undefined, number, RegExp]>([
    ['no token', () => undefined, 401, /^Bearer realm="company-registry"$/],
    ['an expired token', () => issuer.token({ exp: secondsAgo(61) }), 401, /invalid_token.*expired/],
    ['one for another audience', () => issuer.token({ aud: 'other' }), 401, /invalid_token.*audience/],
    ['one of another issuer', () => stranger.token(), 401, /invalid_token.*not signed/],
    ['one in the name of another issuer', () => issuer.token({ iss: stranger.url }), 401, /another issuer/],
    ['one that nobody signed', () => issuer.unsigned(), 401, /invalid_token.*not signed/],
    ['one that the public key signed', () => issuer.signedByPublicKey(), 401, /invalid_token.*not signed/],
    ['one that is to be good later', () => issuer.token({ nbf: secondsAgo(-120) }), 401, /not valid yet/],
    ['one without its scope', (line) => issuer.token({ scope: allBut(line) }), 403, /insufficient_scope/],
  ])('refuses %s', async (_what, tokenFor, status, challenge) => {
    for (const line of lines) {
      const answer = await ask(line, await tokenFor(line));
      expect([line, answer.status]).toEqual([line, status]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.headers.get('www-authenticate')).toMatch(challenge);
      expect(await answer.json()).toMatchObject({ status, requestId: expect.any(String) });
    }
  });

  it('names the scope that a token lacks', async () => {
    for (const line of lines) {
      const answer = await ask(line, await issuer.token({ scope: 'openid' }));
      expect(answer.headers.get('www-authenticate')).toContain(`scope="${scopeOf(line)}"`);
    }
  });

  it('serves who has its scope alone, also a moment after the token has expired', async () => {
    for (const line of lines) {
      const answer = await ask(line, await issuer.token({ scope: scopeOf(line), exp: secondsAgo(30) }));
      expect([line, answer.status < 500 && ![401, 403].includes(answer.status)]).toEqual([line, true]);
    }
  });
});

describe('without a token', () => {
  it.each(['/health', '/openapi.json', '/docs'])('%s can be read', async (path) => {
    expect((await ask(`GET ${path}`)).status).toBe(200);
  });

  it('HEAD is refused as GET is, without a body, and served where GET is', async () => {
    const answer = await ask('HEAD /v1/companies');
    expect([answer.status, await answer.text()]).toEqual([401, '']);
    const token = await issuer.token({ scope: 'profiles:read' });
    expect((await ask('HEAD /v1/companies', token)).status).toBe(200);
  });

  it('what there is no route for is not there', async () => {
    expect((await ask('GET /v1/nothing')).status).toBe(404);
    expect((await ask('DELETE /v1/companies')).status).toBe(405);
  });

  it('a signed link is followed: it is for whoever has it', async () => {
    const token = await issuer.token({ scope: 'profiles:write profiles:read' });
    const registered = await ask('POST /v1/companies', token, {
      headers: json,
      body: JSON.stringify(COMPANY),
    });
    const { companyId } = (await registered.json()) as { companyId: string };
    const asked = { fileName: 'a.txt', contentType: 'text/plain', size: 5 };
    const slot = await ask(`POST /v1/companies/${companyId}/documents`, token, {
      headers: json,
      body: JSON.stringify(asked),
    });
    const { upload } = (await slot.json()) as {
      upload: { method: string; url: string; headers: Record<string, string> };
    };
    const { method, url, headers } = upload;
    expect((await fetch(url, { method, headers, body: 'hello' })).status).toBe(200);
    expect((await fetch(url.replace(/.$/, 'x'), { method, headers, body: 'hello' })).status).toBe(403);
  });
});

describe('an idempotency key', () => {
  it('belongs to who holds the token, whichever it is', async () => {
    const register = async (claims: object): Promise<unknown> => {
      const token = await issuer.token({ scope: 'profiles:write', ...claims });
      const headers = { ...json, 'idempotency-key': 'once' };
      const answer = await ask('POST /v1/companies', token, { headers, body: JSON.stringify(COMPANY) });
      return ((await answer.json()) as { companyId: string }).companyId;
    };
    const [first, again, other] = [
      await register({ sub: 'a' }),
      await register({ sub: 'a', jti: 'another token' }),
      await register({ sub: 'b' }),
    ];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('where the issuer does not answer', () => {
  it('the answer is 503, and says when to try again', async () => {
    const lost = await TokenIssuer.start();
    const token = await lost.token();
    const door = frontDoor(readConfig({ JWT_ISSUER: lost.url, JWT_AUDIENCE: lost.audience }), silent);
    await lost.close();
    const { handler } = door.guard({
      routes: [{ method: 'GET', path: '/a', access: 'profiles:read' }],
      handler: async () => Promise.reject(new Error('nobody gets here')),
    });
    const headers = { authorization: `Bearer ${token}` };
    const requestContext = { requestId: 'mine' };
    const event = { httpMethod: 'GET', resource: '/a', path: '/a', headers, requestContext };
    const answer = await handler(event as never);
    expect(answer).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': '2', 'x-request-id': 'mine' },
    });
  });
});

describe('operations', () => {
  it('are on no API that others can call', () => {
    const forOperators = new Set(['publishSnapshots', 'redrive', 'listPending']);
    const operations = [...Object.values(PROFILES_OPERATIONS), ...Object.values(STATISTICS_OPERATIONS)];
    expect(operations.filter(({ route }) => forOperators.has(route))).toHaveLength(forOperators.size);
    const served = Object.values(apiDocuments('jwt'))
      .flatMap(({ paths }) => Object.values(paths))
      .flatMap((methods) => Object.values(methods));
    expect(served.filter(({ operationId }) => forOperators.has(operationId))).toEqual([]);
    expect(served.filter((operation) => operation['x-required-scope'] === 'operations')).toEqual([]);
  });

  it.each(['POST /snapshots', 'POST /redrive', 'GET /pending'])('%s is not there', async (line) => {
    const token = await issuer.token({ scope: SCOPES.join(' ') });
    expect((await ask(line, token)).status).toBe(404);
  });
});

describe('the front door', () => {
  it.each(['127.0.0.1', 'localhost', '::1', '127.8.8.8'])('is open on %s', (HOST) => {
    const door = frontDoor(readConfig({ HOST }), silent);
    expect(door.access).toBe('open');
    expect(door.urlAt(3000)).toBe(`http://${HOST === '::1' ? '[::1]' : HOST}:3000`);
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'registry.example', '127.0.0.1.example'])(
    'on %s needs an issuer',
    (HOST) => {
      expect(() => frontDoor(readConfig({ HOST }), silent)).toThrow(
        `HOST is ${HOST}, where other machines can reach this one, but nobody says who may come in. ` +
          'Set JWT_ISSUER and JWT_AUDIENCE to take tokens, or leave HOST out.',
      );
      const tokens = { JWT_ISSUER: 'https://issuer.example/', JWT_AUDIENCE: 'a' };
      expect(frontDoor(readConfig({ HOST, ...tokens }), silent).access).toBe('jwt');
    },
  );

  it('links to where clients reach it', () => {
    const door = frontDoor(readConfig({ PUBLIC_URL: 'https://registry.example/' }), silent);
    expect(door.publicUrlAt(3000)).toBe('https://registry.example');
    expect(door.urlAt(3000)).toBe('http://127.0.0.1:3000');
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['ACCESS', { ACCESS: 'everyone' }],
    ['ACCESS', { ACCESS: 'iam' }],
    ['ACCESS', { ACCESS: 'jwt' }],
    ['ACCESS', { ACCESS: 'open', JWT_ISSUER: 'https://a.example', JWT_AUDIENCE: 'a' }],
    ['HOST', { ACCESS: 'open', HOST: '0.0.0.0' }],
    ['JWT_AUDIENCE', { JWT_ISSUER: 'https://a.example' }],
    ['JWT_AUDIENCE', { JWT_ISSUER: 'https://a.example', JWT_AUDIENCE: ' , ' }],
    ['JWT_ISSUER', { JWT_AUDIENCE: 'a' }],
    ['JWT_ISSUER', { JWT_ISSUER: 'issuer', JWT_AUDIENCE: 'a' }],
    ['JWT_ISSUER', { JWT_ISSUER: 'http://a.example', JWT_AUDIENCE: 'a' }],
    [
      'JWT_JWKS_URI',
      { JWT_ISSUER: 'https://a.example', JWT_AUDIENCE: 'a', JWT_JWKS_URI: 'http://a.example' },
    ],
  ])('names %s where it cannot be as it is said to be', (variable, env) => {
    const open = (): unknown => frontDoor(readConfig(env), silent);
    expect(open).toThrow(ConfigError);
    expect(open).toThrow(variable);
  });
});
