import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidRequest } from './invalid-request.ts';

/** Long enough that nobody guesses it, short enough for a URL. */
const SIGNATURE_BYTES = 16;

/** The newest first: it signs. What the others have signed is still accepted. */
export type Secrets = readonly [string, ...string[]];

/** Where the secrets of cursors are kept: asked when a cursor is signed or read, and not before. */
export interface CursorSecrets {
  /** @throws Unavailable */
  current(): Promise<Secrets>;
  /** The same, read anew; undefined where that was done a moment ago. @throws Unavailable */
  renewed(): Promise<Secrets | undefined>;
}

/**
 * Cursors: a continuation as clients hold it. Signed, so that nobody makes one up, and bound to the list it continues:
 * the same route with the same parameters, whatever the limit.
 */
export class Cursors {
  readonly #secrets: CursorSecrets;

  /** @param secrets the same in every instance that serves the lists, and kept from clients; a text never changes */
  constructor(secrets: CursorSecrets | string) {
    this.#secrets = typeof secrets === 'string' ? unchanging(secrets) : secrets;
  }

  /** @param list what identifies the list @throws Unavailable */
  async issue(list: readonly unknown[], continuation: string): Promise<string> {
    const [newest] = await this.#secrets.current();
    const payload = Buffer.from(continuation, 'utf8');
    return Buffer.concat([signatureOf(list, payload, newest), payload]).toString('base64url');
  }

  /** The continuation that was issued for this list. @throws InvalidRequest for anything else, Unavailable */
  async read(list: readonly unknown[], cursor: string): Promise<string> {
    const bytes = Buffer.from(cursor, 'base64url');
    const signature = bytes.subarray(0, SIGNATURE_BYTES);
    const payload = bytes.subarray(SIGNATURE_BYTES);
    const isSignedBy = (secrets: Secrets): boolean =>
      secrets.some((secret) => timingSafeEqual(signature, signatureOf(list, payload, secret)));
    const isOurs =
      signature.length === SIGNATURE_BYTES &&
      // Node reads over what is no base64url; only the one spelling that was issued is right.
      bytes.toString('base64url') === cursor &&
      (isSignedBy(await this.#secrets.current()) || (await this.#isSignedByNewer(isSignedBy)));
    if (!isOurs)
      throw InvalidRequest.at(
        '?cursor',
        'is not a cursor of this list: give the nextCursor of a page, unchanged',
      );
    return payload.toString('utf8');
  }

  /** Another instance may have signed with a secret that is newer than what is known here. */
  async #isSignedByNewer(isSignedBy: (secrets: Secrets) => boolean): Promise<boolean> {
    const renewed = await this.#secrets.renewed();
    return renewed !== undefined && isSignedBy(renewed);
  }
}

function unchanging(secret: string): CursorSecrets {
  return { current: async () => [secret], renewed: async () => undefined };
}

function signatureOf(list: readonly unknown[], payload: Buffer, secret: string): Buffer {
  const hmac = createHmac('sha256', secret).update(JSON.stringify(list)).update('\0').update(payload);
  return hmac.digest().subarray(0, SIGNATURE_BYTES);
}
