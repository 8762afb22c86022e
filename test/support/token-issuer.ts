import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type GenerateKeyPairResult,
  type JWTPayload,
} from 'jose';

const AUDIENCE = 'company-registry';

type Claims = Readonly<Record<string, unknown>>;

/** An issuer of tokens on this machine, and what it and others may sign. */
export class TokenIssuer {
  readonly audience = AUDIENCE;
  /** The paths that it was asked for. */
  readonly asked: string[] = [];
  /** Answers in its place, where that is set. */
  instead: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  readonly #server: Server;
  #keys: { readonly kid: string; readonly pair: GenerateKeyPairResult }[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      this.asked.push(request.url ?? '');
      if (this.instead) this.instead(request, response);
      else void this.#answer(request.url, response);
    });
  }

  static async start(): Promise<TokenIssuer> {
    const issuer = new TokenIssuer();
    issuer.#server.listen(0, '127.0.0.1');
    await once(issuer.#server, 'listening');
    await issuer.rotate();
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Another key signs from now on; the one before is withdrawn. */
  async rotate(): Promise<void> {
    this.#keys = [{ kid: `key-${this.asked.length}-${Date.now()}`, pair: await generateKeyPair('ES256') }];
  }

  /** A good token, but for what is said otherwise; undefined takes a claim away. */
  async token(claims: Claims = {}, key: CryptoKey = this.#key.pair.privateKey): Promise<string> {
    const { kid } = this.#key;
    return new SignJWT(this.#claims(claims)).setProtectedHeader({ alg: 'ES256', kid }).sign(key);
  }

  /** A token that is right in all but that nobody has signed it. */
  unsigned(claims: Claims = {}): string {
    return new UnsecuredJWT(this.#claims(claims)).encode();
  }

  /** A token that is signed by what everyone knows: the public key, taken for a secret. */
  async signedByPublicKey(claims: Claims = {}): Promise<string> {
    const { kid, pair } = this.#key;
    const secret = Buffer.from(await exportSPKI(pair.publicKey));
    return new SignJWT(this.#claims(claims)).setProtectedHeader({ alg: 'HS256', kid }).sign(secret);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  get #key(): { readonly kid: string; readonly pair: GenerateKeyPairResult } {
    return this.#keys[0]!;
  }

  #claims(claims: Claims): JWTPayload {
    const exp = Math.floor(Date.now() / 1000) + 600;
    const all = { iss: this.url, aud: AUDIENCE, sub: 'somebody', exp, ...claims };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  }

  async #answer(path: string | undefined, response: ServerResponse): Promise<void> {
    const answers: Readonly<Record<string, () => Promise<object>>> = {
      '/.well-known/openid-configuration': async () => ({ issuer: this.url, jwks_uri: `${this.url}/keys` }),
      '/keys': async () => ({
        keys: await Promise.all(
          this.#keys.map(async ({ kid, pair }) => ({
            ...(await exportJWK(pair.publicKey)),
            kid,
            use: 'sig',
          })),
        ),
      }),
    };
    const answer = answers[path ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else response.end(JSON.stringify(await answer()));
  }
}
