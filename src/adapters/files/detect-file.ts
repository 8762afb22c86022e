import type { FileFormat } from '../../domain/profiles/import/column-map.ts';
import { UnreadableFile } from './unreadable-file.ts';

const SIGNATURES: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive or a spreadsheet: unpack it, or save it as CSV, first'],
  [[0x50, 0x4b, 0x05, 0x06], 'an empty ZIP archive'],
  [[0x1f, 0x8b], 'compressed by gzip: unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'compressed by zstd: unpack it first'],
  [[0x42, 0x5a, 0x68], 'compressed by bzip2: unpack it first'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
];

/** @throws UnreadableFile where the first bytes of a file show that it is no text */
export function refuseBinary(start: Uint8Array, encoding: string): void {
  const signature = SIGNATURES.find(([bytes]) => bytes.every((byte, index) => start[index] === byte));
  if (signature) throw new UnreadableFile(`The file is ${signature[1]}.`);
  if (encoding !== 'utf-16le' && start.includes(0)) {
    throw new UnreadableFile(
      'The file has NUL bytes: it is binary, or UTF-16. Save it as UTF-8, or, where it is little-endian, ' +
        'have its map say "encoding": "utf-16le".',
    );
  }
}

/** The encoding that a file's byte order mark shows, if it has one. */
export function encodingByMark(start: Uint8Array): string | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 'utf-8' : undefined;
}

/** By the first character that is not white space, then by the name. */
export function detectFormat(start: string, fileName: string): FileFormat {
  if (/\.(ndjson|jsonl)$/i.test(fileName)) return 'ndjson';
  return /^\s*[[{]/.test(start) && !/\.[ct]sv$/i.test(fileName) ? 'json' : 'csv';
}
