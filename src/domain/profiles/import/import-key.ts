import { InvalidInput } from '../../shared/errors.ts';
import { importIdOf, type ImportId } from './file-import.ts';

const FOLDER = 'imports';

/** Where the file of an import is uploaded to: nothing in it comes from the caller. */
export function uploadKeyOf(importId: ImportId): string {
  return `${FOLDER}/${importId}/file`;
}

/** Where all rejected rows are, once the import has ended. */
export function rejectedKeyOf(importId: ImportId): string {
  return `${FOLDER}/${importId}/rejected.csv`;
}

/** Where a part of what an import has to remember is. */
export function partKeyOf(importId: ImportId, kind: 'rejected' | 'named', part: string): string {
  return `${FOLDER}/${importId}/parts/${part}-${kind}`;
}

/** The import whose file has this key; undefined where it is another object. */
export function importIdIn(objectKey: string): ImportId | undefined {
  const [, id] = /^imports\/([^/]+)\/file$/.exec(objectKey) ?? [];
  if (id === undefined) return undefined;
  try {
    const importId = importIdOf(id);
    return importId === id ? importId : undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}
