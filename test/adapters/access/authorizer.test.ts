import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Statement } from 'aws-lambda';
import { createAuthorizer, type Authorizer } from '../../../src/adapters/access/authorizer.ts';
import { IssuerKeys } from '../../../src/adapters/access/issuer-keys.ts';
import { CLOCK_SKEW_SECONDS, TokenVerifier } from '../../../src/adapters/access/token-verifier.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { TokenIssuer } from '../../support/token-issuer.ts';
import { recordingLog, type RecordingLog } from '../http/recording-log.ts';

const STAGE = 'arn:aws:execute-api:eu-west-1:123456789012:abc123/live';
const NOW_SECONDS = 1_800_000_000;
const SOON = NOW_SECONDS + 60;

let issuer: TokenIssuer;
let log: RecordingLog;
beforeAll(async () => {
  issuer = await TokenIssuer.start();
});
afterAll(() => issuer.close());
beforeEach(() => {
  log = recordingLog();
});

function authorizerOf(scopePrefix = '', audiences = [issuer.audience, 'another']): Authorizer {
  const nowMs = (): number => NOW_SECONDS * 1000;
  const keys = new IssuerKeys({ issuer: issuer.url, jwksUri: `${issuer.url}/keys`, nowMs });
  const verifier = new TokenVerifier({ issuer: issuer.url, audiences, scopePrefix }, keys.find, nowMs);
  return createAuthorizer('statistics', verifier, log);
}

const ask = (authorizationToken: string, authorizer = authorizerOf()): ReturnType<Authorizer> =>
  authorizer({ authorizationToken, methodArn: `${STAGE}/GET/v1/statistics/rankings/price` });
const withClaims = async (claims: object): Promise<string> =>
  `Bearer ${await issuer.token({ exp: SOON, ...claims })}`;

describe('a good token', () => {
  it('says who asks and what it grants, and lets through the methods that it grants', async () => {
    const answer = await ask(await withClaims({ scope: 'openid statistics:read profiles:write' }));
    expect(answer).toMatchObject({
      principalId: 'token|somebody',
      context: { scope: 'profiles:write statistics:read' },
    });
    expect(effectsOf(answer.policyDocument.Statement)).toEqual([
      `Allow ${STAGE}/*`,
      `Deny ${STAGE}/POST/*`,
      `Deny ${STAGE}/PUT/*`,
      `Deny ${STAGE}/PATCH/*`,
      `Deny ${STAGE}/DELETE/*`,
    ]);
  });

  it('of another service lets through nothing', async () => {
    const { policyDocument } = await ask(
      await withClaims({ scope: 'profiles:read profiles:write operations' }),
    );
    expect(effectsOf(policyDocument.Statement)).toEqual([
      `Allow ${STAGE}/*`,
      ...['HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => `Deny ${STAGE}/${method}/*`),
    ]);
  });

  it.each<[string, object, string]>([
    ['scope', { scope: 'statistics:read statistics:write' }, 'statistics:read statistics:write'],
    ['scp as a text', { scp: 'statistics:read' }, 'statistics:read'],
    ['scp as a list', { scp: ['statistics:write', 'x'] }, 'statistics:write'],
    ['nothing', {}, ''],
    ['a name that begins like one', { scope: 'statistics:reader xstatistics:read' }, ''],
    ['what is no text', { scope: 7, scp: [null, { a: 1 }] }, ''],
  ])('may say its scopes by %s', async (_how, claims, scope) => {
    expect((await ask(await withClaims(claims))).context).toEqual({ scope });
  });

  it('may have something before its scopes, and then must', async () => {
    const authorizer = authorizerOf('registry/');
    const both = await withClaims({ scope: 'registry/statistics:read statistics:write' });
    expect((await ask(both, authorizer)).context).toEqual({ scope: 'statistics:read' });
  });

  it.each<[string, object, string]>([
    ['its subject', { sub: 'a', client_id: 'b' }, 'token|a'],
    ['the client that asks in its own name', { sub: undefined, client_id: 'b' }, 'token|b'],
    ['the party that it was issued to', { sub: '', azp: 'c' }, 'token|c'],
  ])('is known by %s', async (_how, claims, principalId) => {
    expect((await ask(await withClaims(claims))).principalId).toBe(principalId);
  });

  it.each<[string, object]>([
    ['one of several audiences', { aud: ['x', 'another'] }],
    ['a client, where it names no audience', { aud: undefined, client_id: 'another' }],
    ['clocks that are as far apart as they may be', { exp: NOW_SECONDS - CLOCK_SKEW_SECONDS + 1 }],
    ['a beginning as late as it may be', { nbf: NOW_SECONDS + CLOCK_SKEW_SECONDS }],
  ])('may be for %s', async (_what, claims) => {
    await expect(ask(await withClaims(claims))).resolves.toBeDefined();
  });

  it.each(['bearer', 'BEARER', 'Bearer '])('may come as %j', async (scheme) => {
    await expect(ask(`${scheme} ${await issuer.token({ exp: SOON })}`)).resolves.toBeDefined();
  });
});

describe('a token is refused', () => {
  it.each<[string, object]>([
    ['The token has expired.', { exp: NOW_SECONDS - CLOCK_SKEW_SECONDS }],
    ['The token has no exp.', { exp: undefined }],
    ['The exp of the token is not one.', { exp: 'tomorrow' }],
    ['The token is not valid yet.', { nbf: NOW_SECONDS + CLOCK_SKEW_SECONDS + 1 }],
    ['The token is of another issuer.', { iss: 'https://issuer.example/' }],
    ['The token has no iss.', { iss: undefined }],
    ['The token is for another audience.', { aud: 'other' }],
    ['The token is for another audience.', { aud: undefined }],
    ['The token is for another audience.', { aud: 'other', client_id: 'another' }],
    ['The token does not say whose it is.', { sub: undefined }],
  ])('%s', async (reason, claims) => {
    const asked = ask(await withClaims(claims));
    await expect(asked).rejects.toMatchObject({ message: 'Unauthorized', reason });
  });

  it('that the issuer has not signed', async () => {
    const stranger = await TokenIssuer.start();
    const claims = { iss: issuer.url, exp: SOON };
    const tokens = [
      await stranger.token(claims),
      issuer.unsigned(claims),
      await issuer.signedByPublicKey(claims),
    ];
    await stranger.close();
    const [header, , signature] = (await issuer.token({ exp: SOON })).split('.');
    const changed = Buffer.from(JSON.stringify({ ...claims, aud: issuer.audience })).toString('base64url');
    tokens.push(`${header}.${changed}.${signature}`, 'a.b.c', 'a', 'e30.e30.');
    for (const token of tokens) {
      const reason = 'The token is malformed, or not signed by the issuer of this system.';
      await expect(ask(`Bearer ${token}`)).rejects.toMatchObject({ message: 'Unauthorized', reason });
    }
  });

  it.each(['', 'Bearer', 'Bearer ', 'Basic dTpw', 'Bearer a b', 'Bearer ä', 'xBearer a'])(
    'that is none: %j',
    async (authorization) => {
      const asked = ask(authorization);
      await expect(asked).rejects.toMatchObject({ message: 'Unauthorized', reason: undefined });
    },
  );

  it('and the log says why, but not what it was', async () => {
    const token = await issuer.token({ exp: 1, sub: 'canary' });
    await expect(ask(`Bearer ${token}`)).rejects.toThrow('Unauthorized');
    expect(log.lines).toEqual([
      { level: 'info', message: 'token refused', reason: 'The token has expired.' },
    ]);
  });
});

describe('where the issuer does not answer', () => {
  it('nobody is refused: there is no answer, and an alarm', async () => {
    const lost = await TokenIssuer.start();
    const keys = new IssuerKeys({ issuer: lost.url, jwksUri: undefined, nowMs: () => 0 });
    const token = await lost.token();
    await lost.close();
    const rules = { issuer: lost.audience, audiences: ['any'], scopePrefix: '' };
    const authorizer = createAuthorizer('profiles', new TokenVerifier(rules, keys.find, () => 0), log);
    await expect(ask(`Bearer ${token}`, authorizer)).rejects.toThrow(Unavailable);
    expect(log.lines).toMatchObject([{ level: 'error', alarm: 'issuer-unavailable' }]);
    expect(JSON.stringify(log.lines)).not.toContain(token);
  });
});

function effectsOf(statements: readonly Statement[]): string[] {
  return statements.map((statement) => {
    const [resource] = 'Resource' in statement ? [statement.Resource].flat() : [];
    return `${statement.Effect} ${String(resource)}`;
  });
}
