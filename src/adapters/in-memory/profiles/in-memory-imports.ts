import type { Imports } from '../../../application/profiles/ports/imports.ts';
import type { FileImport, ImportId } from '../../../domain/profiles/import/file-import.ts';
import { copyOf } from '../copy-of.ts';

export class InMemoryImports implements Imports {
  readonly #imports = new Map<ImportId, FileImport>();
  readonly #firsts = new Map<string, ImportId>();

  async find(importId: ImportId): Promise<FileImport | undefined> {
    return copyOf(this.#imports.get(importId));
  }

  async save(fileImport: FileImport, versionBefore: number): Promise<boolean> {
    const version = this.#imports.get(fileImport.importId)?.version ?? 0;
    if (version !== versionBefore) return false;
    this.#imports.set(fileImport.importId, copyOf(fileImport));
    return true;
  }

  async firstOf(digest: string): Promise<ImportId | undefined> {
    return this.#firsts.get(digest);
  }

  async claim(digest: string, importId: ImportId, before: ImportId | undefined): Promise<boolean> {
    if (this.#firsts.get(digest) !== before) return false;
    this.#firsts.set(digest, importId);
    return true;
  }
}
