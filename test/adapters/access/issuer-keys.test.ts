import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { IssuerKeys, type IssuerKeysOptions } from '../../../src/adapters/access/issuer-keys.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { TokenIssuer } from '../../support/token-issuer.ts';

const MINUTE_MS = 60_000;
const DISCOVERY = '/.well-known/openid-configuration';

let issuer: TokenIssuer;
let nowMs: number;
beforeEach(async () => {
  issuer = await TokenIssuer.start();
  nowMs = Date.now();
});
afterEach(() => issuer.close());

function keysOf(more: Partial<IssuerKeysOptions> = {}): IssuerKeys {
  return new IssuerKeys({ issuer: issuer.url, jwksUri: undefined, nowMs: () => nowMs, ...more });
}

/** Whether the key of a token is found. */
async function finds(keys: IssuerKeys, token: string): Promise<boolean> {
  const [, payload = '', signature = ''] = token.split('.');
  const header = decodeProtectedHeader(token) as Parameters<IssuerKeys['find']>[0];
  try {
    await keys.find(header, { payload, signature });
    return true;
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    return false;
  }
}

const down = (): void => {
  issuer.instead = (_request, response) => void response.writeHead(500).end();
};

describe('the keys of an issuer', () => {
  it('are found by its discovery document, once for all who ask at once and after', async () => {
    const keys = keysOf();
    const token = await issuer.token();
    expect(await Promise.all([finds(keys, token), finds(keys, token)])).toEqual([true, true]);
    nowMs += 9 * MINUTE_MS;
    expect(await finds(keys, token)).toBe(true);
    expect(issuer.asked).toEqual([DISCOVERY, '/keys']);
  });

  it('are read where the configuration says, without discovery', async () => {
    expect(await finds(keysOf({ jwksUri: `${issuer.url}/keys` }), await issuer.token())).toBe(true);
    expect(issuer.asked).toEqual(['/keys']);
  });

  it('follow the issuer: a new key is found at once, one that was withdrawn is gone after ten minutes', async () => {
    const keys = keysOf();
    const before = await issuer.token();
    expect(await finds(keys, before)).toBe(true);
    nowMs += MINUTE_MS;
    await issuer.rotate();
    expect(await finds(keys, before)).toBe(true);
    expect(await finds(keys, await issuer.token())).toBe(true);
    expect(await finds(keys, before)).toBe(false);
  });

  it('are not read again and again for tokens that name a key which nobody has', async () => {
    const keys = keysOf();
    const forged = await issuer.token();
    await issuer.rotate();
    for (let second = 0; second < 10; second++) {
      nowMs += 1000;
      expect(await finds(keys, forged)).toBe(false);
    }
    expect(issuer.asked).toEqual([DISCOVERY, '/keys']);
  });
});

describe('a token that names a new key', () => {
  it('is refused for 30 seconds after the keys were read, and then has them read', async () => {
    const keys = keysOf();
    await finds(keys, await issuer.token());
    await issuer.rotate();
    nowMs += 29_999;
    expect(await finds(keys, await issuer.token())).toBe(false);
    nowMs += 1;
    expect(await finds(keys, await issuer.token())).toBe(true);
  });

  it('is refused for as long where the issuer does not answer, and then nobody knows; known keys serve on', async () => {
    const keys = keysOf();
    const before = await issuer.token();
    await finds(keys, before);
    await issuer.rotate();
    down();
    nowMs += 29_999;
    expect(await finds(keys, await issuer.token())).toBe(false);
    nowMs += 1;
    await expect(finds(keys, await issuer.token())).rejects.toThrow(Unavailable);
    expect(await finds(keys, before)).toBe(true);
  });
});

describe('an issuer that does not answer', () => {
  it.each<[string, TokenIssuer['instead']]>([
    ['with an error', (_request, response) => void response.writeHead(500).end()],
    ['with a page', (_request, response) => void response.end('<html>')],
    ['with another document', (_request, response) => void response.end('{"keys":{}}')],
    ['with null', (_request, response) => void response.end('null')],
    ['with a redirect', (_request, response) => void response.writeHead(302, { location: '/' }).end()],
    ['by ending the connection', (request) => request.socket.destroy()],
    ['at all', () => undefined],
    ['to its end', (_request, response) => void response.writeHead(200).write('{"issuer":')],
    ['with an end', (_request, response) => void response.end(' '.repeat(1_100_000) + '{"keys":[]}')],
  ])('%s is unavailable', async (_how, instead) => {
    issuer.instead = instead;
    const keys = keysOf({ timeoutMs: 50, jwksUri: `${issuer.url}/keys` });
    await expect(finds(keys, await issuer.token())).rejects.toThrow(Unavailable);
  });

  it.each<[string, (url: string) => object, string]>([
    [
      'with keys of another one',
      (url) => ({ issuer: 'https://a', jwks_uri: `${url}/keys` }),
      'of the issuer',
    ],
    ['with keys in the clear', (url) => ({ issuer: url, jwks_uri: 'http://192.0.2.1/keys' }), 'https:'],
    ['without keys', (url) => ({ issuer: url }), 'jwks_uri'],
  ])('as it should, but %s, is unavailable', async (_how, documentOf, why) => {
    const document = JSON.stringify(documentOf(issuer.url));
    issuer.instead = (_request, response) => void response.end(document);
    const asked = finds(keysOf(), await issuer.token());
    await expect(asked).rejects.toMatchObject({
      kind: 'unavailable',
      cause: { message: expect.stringContaining(why) as unknown },
    });
  });

  it('is asked twice, and then not for some seconds', async () => {
    down();
    const keys = keysOf();
    const token = await issuer.token();
    await expect(finds(keys, token)).rejects.toThrow(Unavailable);
    expect(issuer.asked).toEqual([DISCOVERY, DISCOVERY]);
    issuer.instead = undefined;
    await expect(finds(keys, token)).rejects.toThrow(Unavailable);
    nowMs += 5_000;
    expect(await finds(keys, token)).toBe(true);
  });

  it('is no harm if it answers the second time', async () => {
    issuer.instead = (_request, response) => {
      issuer.instead = undefined;
      response.writeHead(503).end();
    };
    expect(await finds(keysOf(), await issuer.token())).toBe(true);
  });

  it('is no harm for an hour to those who have its keys', async () => {
    const keys = keysOf();
    const token = await issuer.token();
    expect(await finds(keys, token)).toBe(true);
    down();
    nowMs += 59 * MINUTE_MS;
    expect(await finds(keys, token)).toBe(true);
    nowMs += MINUTE_MS;
    await expect(finds(keys, token)).rejects.toThrow(Unavailable);
  });
});
