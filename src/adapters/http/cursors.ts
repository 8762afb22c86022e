import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidRequest } from './invalid-request.ts';

/** Long enough that nobody guesses it, short enough for a URL. */
const SIGNATURE_BYTES = 16;

/**
 * Cursors: a continuation as clients hold it. Signed, so that nobody makes one up, and bound to the list it continues:
 * the same route with the same parameters, whatever the limit.
 */
export class Cursors {
  /** @param secret the same in every instance that serves the lists, and kept from clients */
  constructor(private readonly secret: string | Buffer) {}

  /** @param list what identifies the list */
  issue(list: readonly unknown[], continuation: string): string {
    const payload = Buffer.from(continuation, 'utf8');
    return Buffer.concat([this.signatureOf(list, payload), payload]).toString('base64url');
  }

  /** The continuation that was issued for this list. @throws InvalidRequest for anything else */
  read(list: readonly unknown[], cursor: string): string {
    const bytes = Buffer.from(cursor, 'base64url');
    const signature = bytes.subarray(0, SIGNATURE_BYTES);
    const payload = bytes.subarray(SIGNATURE_BYTES);
    const isOurs =
      signature.length === SIGNATURE_BYTES &&
      timingSafeEqual(signature, this.signatureOf(list, payload)) &&
      // Node reads over what is no base64url; only the one spelling that was issued is right.
      bytes.toString('base64url') === cursor;
    if (!isOurs)
      throw InvalidRequest.at(
        '?cursor',
        'is not a cursor of this list: give the nextCursor of a page, unchanged',
      );
    return payload.toString('utf8');
  }

  private signatureOf(list: readonly unknown[], payload: Buffer): Buffer {
    const hmac = createHmac('sha256', this.secret).update(JSON.stringify(list)).update('\0').update(payload);
    return hmac.digest().subarray(0, SIGNATURE_BYTES);
  }
}
