import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { Unavailable } from '../../domain/shared/errors.ts';
import { fetchJson } from './fetch-json.ts';
import { isTrustworthy } from './loopback.ts';

/** A key that its issuer has withdrawn is good for no longer than this. */
const FRESH_MS = 10 * 60_000;
/** Where the issuer does not answer, its keys are good for longer. */
const USABLE_MS = 60 * 60_000;
/** A token that names an unknown key has the keys read again, but not more often than this. */
const PAUSE_MS = 30_000;
/** After a failure, nobody waits for the next one for this long. */
const PAUSE_AFTER_FAILURE_MS = 5_000;

const ATTEMPTS = 2;
const TIMEOUT_MS = 2_000;

export interface IssuerKeysOptions {
  readonly issuer: string;
  /** Where the keys are; undefined where the issuer's discovery document says so. */
  readonly jwksUri: string | undefined;
  readonly nowMs: () => number;
  /** For one attempt to read one document. */
  readonly timeoutMs?: number;
}

type Key = Awaited<ReturnType<JWTVerifyGetKey>>;

/** The public keys of an issuer, read when the first token comes, and kept. */
export class IssuerKeys {
  readonly #options: IssuerKeysOptions;
  #held: { readonly find: JWTVerifyGetKey; readonly readAtMs: number } | undefined;
  #failure: { readonly error: Unavailable; readonly atMs: number } | undefined;
  #reading: Promise<JWTVerifyGetKey> | undefined;

  constructor(options: IssuerKeysOptions) {
    this.#options = options;
  }

  /** The key that a token names. @throws errors.JOSEError where there is none, Unavailable */
  readonly find: JWTVerifyGetKey = async (header, token): Promise<Key> => {
    const find = await this.#current();
    try {
      return await find(header, token);
    } catch (error) {
      const isOlder = this.#ageMs() >= PAUSE_MS;
      if (!(error instanceof errors.JWKSNoMatchingKey) || !isOlder) throw error;
      return (await this.#read())(header, token);
    }
  };

  async #current(): Promise<JWTVerifyGetKey> {
    const held = this.#held;
    if (held !== undefined && this.#ageMs() < FRESH_MS) return held.find;
    try {
      return await this.#read();
    } catch (error) {
      if (held !== undefined && this.#ageMs() < USABLE_MS) return held.find;
      throw error;
    }
  }

  #ageMs(): number {
    return this.#options.nowMs() - (this.#held?.readAtMs ?? -Infinity);
  }

  /** All who ask at once wait for one answer. */
  #read(): Promise<JWTVerifyGetKey> {
    const { nowMs } = this.#options;
    const failure = this.#failure;
    if (failure !== undefined && nowMs() - failure.atMs < PAUSE_AFTER_FAILURE_MS)
      return Promise.reject(failure.error);
    return (this.#reading ??= this.#fetch()
      .then(
        (find) => {
          this.#held = { find, readAtMs: nowMs() };
          this.#failure = undefined;
          return find;
        },
        (cause: unknown) => {
          const error = new Unavailable('The issuer of the tokens does not answer as it should.', { cause });
          this.#failure = { error, atMs: nowMs() };
          throw error;
        },
      )
      .finally(() => (this.#reading = undefined)));
  }

  async #fetch(): Promise<JWTVerifyGetKey> {
    const keys = await this.#document(this.#options.jwksUri ?? (await this.#discovered()));
    return createLocalJWKSet(keys as JSONWebKeySet);
  }

  async #discovered(): Promise<string> {
    const { issuer } = this.#options;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const { issuer: named, jwks_uri: jwksUri } = (await this.#document(url)) as Record<string, unknown>;
    if (named !== issuer) throw new Error(`${url} is of the issuer ${JSON.stringify(named)}, not ${issuer}`);
    if (typeof jwksUri !== 'string' || !URL.canParse(jwksUri) || !isTrustworthy(jwksUri))
      throw new Error(`${url} has no jwks_uri that begins with https:`);
    return jwksUri;
  }

  async #document(url: string): Promise<object> {
    const { timeoutMs = TIMEOUT_MS } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        const document = await fetchJson(url, timeoutMs);
        if (typeof document !== 'object' || document === null) throw new Error(`${url} is no JSON object`);
        return document;
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
      }
    }
  }
}
