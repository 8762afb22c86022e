/** How many of the first bytes of an object tell its type. */
export const SNIFFED_BYTES = 512;

const SIGNATURES: readonly (readonly [type: string, signature: readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['application/zip', [0x50, 0x4b, 0x03, 0x04]],
  ['application/zip', [0x50, 0x4b, 0x05, 0x06]],
  ['application/gzip', [0x1f, 0x8b]],
];

const TEXT = 'text/plain';
const UNKNOWN = 'application/octet-stream';

/** Other names of types that have a signature. */
const ALIASES: Readonly<Record<string, string>> = {
  'application/x-pdf': 'application/pdf',
  'application/x-zip-compressed': 'application/zip',
  'application/x-gzip': 'application/gzip',
  'image/jpg': 'image/jpeg',
};

/**
 * The type of a content as its first bytes show it: one with a signature, `text/plain` for all text (CSV and JSON cannot be
 * told from prose so), else `application/octet-stream`; undefined where there are none.
 */
export function sniffedTypeOf(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return undefined;
  const known = SIGNATURES.find(([, signature]) => signature.every((byte, index) => bytes[index] === byte));
  if (known) return known[0];
  return isText(bytes) ? TEXT : UNKNOWN;
}

/** Whether bytes of one type cannot be what was declared. Of types without a signature nothing is known. */
export function contradicts(declared: string, sniffed: string | undefined): boolean {
  const [essence = ''] = declared.split(';');
  const type = ALIASES[essence] ?? essence;
  if (SIGNATURES.some(([signed]) => signed === type)) return sniffed !== type;
  const saysText = /^text\/|[/+](json|xml|csv)$/.test(type);
  return saysText && sniffed !== undefined && sniffed !== TEXT;
}

/** Without control characters but white space; in UTF-16, where a byte order mark says so. */
function isText(bytes: Uint8Array): boolean {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isUtf16 || bytes.every((byte) => byte >= 0x20 || (byte >= 0x08 && byte <= 0x0d) || byte === 0x1b);
}
