/** One record of a file, before any map. */
export interface FileRecord {
  /** 1 for the first; a header is none. */
  readonly number: number;
  /** The line on which it begins. */
  readonly line: number;
  readonly columns: readonly string[];
  readonly cells: readonly string[];
}

/** The most characters of one record: more is a broken file, and would not fit into memory. */
export const LONGEST_RECORD = 1024 * 1024;
