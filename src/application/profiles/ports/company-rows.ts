import type { CompanyRow } from '../../../domain/profiles/import/company-row.ts';
import type { Violation } from '../../../domain/shared/errors.ts';

/** Where a row stands in its file, and what it was there. */
export interface RowPosition {
  /** 1 for the first row; a header is none. */
  readonly rowNumber: number;
  /** The line of the file on which the row begins. */
  readonly line: number;
  readonly columns: readonly string[];
  /** In the order of the columns; a row may be short, or have more. */
  readonly cells: readonly string[];
}

/** A row as its map reads it, or what is wrong with it. */
export type ReadRow = { readonly position: RowPosition } & (
  { readonly row: CompanyRow } | { readonly violations: readonly Violation[] }
);

/** The rows of a file in their order, read as they are asked for. What ends the file early is thrown. */
export type CompanyRows = AsyncIterable<ReadRow>;
