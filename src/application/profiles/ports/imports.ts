import type { FileImport, ImportId } from '../../../domain/profiles/import/file-import.ts';
import type { Instant } from '../../../domain/shared/time.ts';

/** What is known of imports by upload. Every answer is the latest. */
export interface Imports {
  /** May answer with what no longer counts. @throws Unavailable */
  find(importId: ImportId): Promise<FileImport | undefined>;

  /**
   * Writes an import in the place of the one of version `versionBefore`, 0 where there is none.
   *
   * @returns false, having written nothing, where there is another version by now
   * @throws Unavailable
   */
  save(fileImport: FileImport, versionBefore: number): Promise<boolean>;

  /** The import that stands for all of the digest. May be one that no longer counts. @throws Unavailable */
  firstOf(digest: string): Promise<ImportId | undefined>;

  /**
   * Has an import stand for all of the digest, in the place of `before`.
   *
   * @returns false, having written nothing, where another one does by now
   * @throws Unavailable
   */
  claim(
    digest: string,
    importId: ImportId,
    before: ImportId | undefined,
    expiresAt: Instant,
  ): Promise<boolean>;
}
