import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link allows: to upload one content to one key, or to download it. */
export type ObjectPermit =
  | {
      readonly method: 'PUT';
      readonly objectKey: string;
      readonly contentType: string;
      readonly size: number;
      readonly sha256?: string;
      readonly issuedAtMs: number;
      readonly expiresAtMs: number;
    }
  | {
      readonly method: 'GET';
      readonly objectKey: string;
      readonly contentType: string;
      readonly fileName: string;
      readonly issuedAtMs: number;
      readonly expiresAtMs: number;
    };

/** Links that this process signs, and so knows again: nothing in them can be changed. */
export class ObjectLinks {
  constructor(private readonly secret: string) {}

  /** The query of a link. */
  sign(permit: ObjectPermit): string {
    const text = Buffer.from(JSON.stringify(permit)).toString('base64url');
    return `permit=${text}.${this.#signatureOf(text).toString('base64url')}`;
  }

  /** Undefined where the query is no link of this system. */
  read(query: string): ObjectPermit | undefined {
    const [, text, signature] = /^permit=([\w-]+)\.([\w-]+)$/.exec(query) ?? [];
    if (text === undefined || signature === undefined) return undefined;
    const [given, wanted] = [Buffer.from(signature, 'base64url'), this.#signatureOf(text)];
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as ObjectPermit;
  }

  #signatureOf(text: string): Buffer {
    return createHmac('sha256', this.secret).update(`object-link\n${text}`).digest();
  }
}
