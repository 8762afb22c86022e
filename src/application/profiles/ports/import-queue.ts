import type { ImportId } from '../../../domain/profiles/import/file-import.ts';

/** Where those who work on imports are told to go on. */
export interface ImportQueue {
  /** Has someone take up the import, soon and at least once. @throws Unavailable */
  goOnWith(importId: ImportId): Promise<void>;
}
