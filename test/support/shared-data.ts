import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const FOLDER = new URL('../../../shared/data/', import.meta.url);

/** The rows of a file of real data; undefined where the folder is not there. */
export function sharedRows(path: string): Record<string, string>[] | undefined {
  const file = new URL(path, FOLDER);
  if (!existsSync(file)) return undefined;
  return parse(readFileSync(file), { bom: true, columns: true, relaxColumnCount: true });
}
