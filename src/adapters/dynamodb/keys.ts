import { createHash } from 'node:crypto';

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

const SHARDS = 8;

/** Joins parts to a key. No part can contain the separator, so that no two lists of parts make one key. */
export function key(...parts: readonly string[]): string {
  return parts.map(segment).join('#');
}

/** The parts of a key; the inverse of `key`. */
export function partsOf(key: string): string[] {
  return key.split('#').map((part) => part.replaceAll('%23', '#').replaceAll('%25', '%'));
}

export function companyPk(companyId: string): string {
  return key('COMPANY', companyId);
}

/** The company of a partition; the inverse of `companyPk`. */
export function companyIdIn(pk: string): string {
  return pk.slice(companyPk('').length);
}

/** The shards of the index of everything: one partition takes a bounded rate of writes. */
export const ALL_KEYS: readonly string[] = Array.from({ length: SHARDS }, (_, shard) =>
  key('ALL', String(shard)),
);

/** The shard of a company, the same one always. */
export function allKeyOf(companyId: string): string {
  const [byte = 0] = createHash('sha256').update(companyId).digest();
  return ALL_KEYS[byte % SHARDS]!;
}

/** A text cut to so many bytes of UTF-8, never within a code point: sort keys have at most 1,024. */
export function cutToBytes(text: string, bytes: number): string {
  const encoded = Buffer.from(text);
  if (encoded.length <= bytes) return text;
  let end = bytes;
  // 0b10xxxxxx continues a code point.
  while ((encoded[end]! & 0b1100_0000) === 0b1000_0000) end--;
  return encoded.toString('utf8', 0, end);
}

function segment(part: string): string {
  return part.replaceAll('%', '%25').replaceAll('#', '%23');
}
