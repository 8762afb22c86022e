import type { ImportId } from '../../../domain/profiles/import/file-import.ts';

export interface ImportIds {
  /** A new id that no one else has. */
  next(): ImportId;
}
