import type { FileImport, ImportId } from '../../../domain/profiles/import/file-import.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Violation } from '../../../domain/shared/errors.ts';
import type { CompanyRows, RowPosition } from './company-rows.ts';

/** A row that was rejected, or a figure of which was, and why. */
export interface RejectedRow {
  readonly position: RowPosition;
  readonly violations: readonly Violation[];
}

/** What a look through all of a file has told. */
export interface LookedThrough {
  /** The same for the same content, read in the same way. */
  readonly digest: string;
  readonly rows: number;
}

/** The uploaded files of imports, and what is kept beside them. */
export interface ImportFiles {
  /** How many bytes were uploaded; undefined where nothing was. @throws Unavailable */
  sizeOf(importId: ImportId): Promise<number | undefined>;

  /**
   * Reads the file to its end, and so finds out whether it can be.
   *
   * @throws InvalidInput where the map is none, UnreadableFile where the file is nothing that it reads, ObjectGone, Unavailable
   */
  lookThrough(fileImport: FileImport): Promise<LookedThrough>;

  /** The rows of the file behind the first `rowsBefore`. They throw what `lookThrough` does. */
  rowsOf(fileImport: FileImport, rowsBefore: number): Promise<CompanyRows>;

  /** Whether the rows state figures too. */
  hasObservations(fileImport: FileImport): boolean;

  /** Keeps what has to be remembered of some rows, under a name of its own. @throws Unavailable */
  keepPart(
    importId: ImportId,
    part: string,
    kept: { readonly rejected: readonly RejectedRow[]; readonly named: readonly CompanyId[] },
  ): Promise<void>;

  /** The companies that the rows of these parts have named. @throws Unavailable */
  namedIn(importId: ImportId, parts: readonly string[]): AsyncIterable<CompanyId>;

  /** Makes one CSV of the rejected rows of these parts, whose cells no spreadsheet runs. @throws Unavailable */
  writeRejectedRows(importId: ImportId, parts: readonly string[]): Promise<void>;

  /** Deletes the uploaded file, and the parts. @throws Unavailable */
  clear(importId: ImportId, parts: readonly string[]): Promise<void>;
}
