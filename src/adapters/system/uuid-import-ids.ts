import { v7 } from 'uuid';
import type { ImportIds } from '../../application/profiles/ports/import-ids.ts';
import { importIdOf, type ImportId } from '../../domain/profiles/import/file-import.ts';

export class UuidImportIds implements ImportIds {
  next(): ImportId {
    return importIdOf(v7());
  }
}
