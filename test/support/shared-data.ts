import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const FOLDER = new URL('../../../shared/data/', import.meta.url);

/** The text of a file of real data; undefined where the folder is not there. */
export function sharedText(path: string): string | undefined {
  const file = new URL(path, FOLDER);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** A file of real data as it is; undefined where the folder is not there. */
export function sharedBytes(path: string): Buffer | undefined {
  const file = new URL(path, FOLDER);
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** The rows of a file of real data, or as many of the first; undefined where the folder is not there. */
export function sharedRows(path: string, count = -1): Record<string, string>[] | undefined {
  const text = sharedText(path);
  return text === undefined
    ? undefined
    : parse(text, { bom: true, columns: true, relaxColumnCount: true, to: count });
}
