import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CompanyRows, ReadRow } from '../../application/profiles/ports/company-rows.ts';
import { fileTimeOf, requiredColumns, type ColumnMap } from '../../domain/profiles/import/column-map.ts';
import { mapRow } from '../../domain/profiles/import/map-row.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { decodeText, encodingNamed } from './decode-text.ts';
import { detectFormat, encodingByMark, refuseBinary } from './detect-file.ts';
import type { FileRecord } from './file-record.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { UnreadableFile } from './unreadable-file.ts';

const START_BYTES = 4096;
const COLUMNS_LISTED = 40;

export interface CompanyFile {
  readonly name: string;
  readonly bytes: number;
  /** How far its rows have been read. */
  readonly bytesRead: number;
  readonly rows: CompanyRows;
}

/** Bytes that are to be read as a file. */
export interface FileSource {
  /** The name, which may tell a time and a format. */
  readonly name: string;
  /** Its first bytes: some kilobytes, or all of it. */
  readonly start: Uint8Array;
  /** All of it, from its beginning. */
  readonly content: () => AsyncIterable<Uint8Array>;
}

/**
 * A file of companies, read as a stream: memory does not grow with it.
 *
 * @throws UnreadableFile, here or while its rows are read
 */
export async function openCompanyFile(path: string, map: ColumnMap): Promise<CompanyFile> {
  const name = basename(path);
  const fileTime = timeOfFile(map, name);
  const { start, bytes } = await beginningOf(path);
  const records = openRecords({ name, start, content: () => createReadStream(path) }, map);
  return {
    name,
    bytes,
    get bytesRead() {
      return records.bytesRead;
    },
    rows: mapped(records.records, map, fileTime),
  };
}

/**
 * The rows of a file behind the first `rowsBefore`, which are read over.
 *
 * @throws UnreadableFile, here or while they are read
 */
export function companyRowsOf(source: FileSource, map: ColumnMap, rowsBefore = 0): CompanyRows {
  const fileTime = timeOfFile(map, source.name);
  return mapped(openRecords(source, map).records, map, fileTime, rowsBefore);
}

/**
 * How many rows a file has, told by all of it that can be told without its map's readings.
 *
 * @throws UnreadableFile where it is not what the map reads
 */
export async function countRows(source: FileSource, map: ColumnMap): Promise<number> {
  const fileTime = timeOfFile(map, source.name);
  let rows = 0;
  for await (const { columns } of openRecords(source, map).records) {
    if (rows++ === 0) requireColumns(map, columns, fileTime);
  }
  return rows;
}

/** The time that a file's name tells its map, as far as it is asked for. @throws UnreadableFile where it tells none */
export function timeOfFile(map: ColumnMap, name: string): string | undefined {
  try {
    return fileTimeOf(map, name);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const details = error.violations.map(({ detail }) => detail).join('; ');
    throw new UnreadableFile(
      `The file cannot be read by this map: ${details}. Rename it, or correct "fileTime" in the map.`,
    );
  }
}

interface OpenRecords {
  readonly bytesRead: number;
  readonly records: AsyncIterable<FileRecord>;
}

function openRecords({ name, start, content }: FileSource, { layout }: ColumnMap): OpenRecords {
  const encodingOfMap = layout.encoding === undefined ? undefined : encodingNamed(layout.encoding);
  const encoding = encodingByMark(start) ?? encodingOfMap ?? 'utf-8';
  refuseBinary(start, encoding);
  const format = layout.format ?? detectFormat(new TextDecoder(encoding).decode(start), name);
  if (format === 'csv' && layout.records) {
    throw new UnreadableFile('The map says where in a JSON file the records are, but the file is a CSV.');
  }

  let bytesRead = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    // Opened when the first row is asked for: nobody would hear its errors before.
    for await (const chunk of content()) {
      bytesRead += chunk.length;
      yield chunk;
    }
  }
  const text = decodeText(counted(), encoding);
  return {
    get bytesRead() {
      return bytesRead;
    },
    records: format === 'csv' ? readCsv(text, layout) : readJson(text, format === 'ndjson', layout.records),
  };
}

async function beginningOf(path: string): Promise<{ readonly start: Uint8Array; readonly bytes: number }> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const stat = await file.stat();
    if (stat.isDirectory()) throw new UnreadableFile(`${path} is a folder. Name a file in it.`);
    if (stat.isFile() && stat.size === 0) throw new UnreadableFile(`${path} is empty.`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return { start: buffer.subarray(0, bytesRead), bytes: stat.size };
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new UnreadableFile(`There is no file ${path}.`);
    if (code === 'EACCES') throw new UnreadableFile(`${path} may not be read by this user.`);
    throw new UnreadableFile(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  } finally {
    await file?.close();
  }
}

async function* mapped(
  records: AsyncIterable<FileRecord>,
  map: ColumnMap,
  fileTime: string | undefined,
  rowsBefore = 0,
): AsyncGenerator<ReadRow> {
  let known: readonly string[] | undefined;
  let positions = new Map<string, number>();
  for await (const { number, line, columns, cells } of records) {
    if (columns !== known) {
      if (known === undefined) requireColumns(map, columns, fileTime);
      known = columns;
      positions = new Map(columns.map((column, index) => [column, index]));
    }
    if (number <= rowsBefore) continue;
    const position = { rowNumber: number, line, columns, cells };
    try {
      if (cells.length !== columns.length) {
        throw InvalidInput.at([], `the row has ${cells.length} cells, the header ${columns.length}`);
      }
      const cellIn = (column: string): string | undefined => {
        const index = positions.get(column);
        return index === undefined ? undefined : cells[index];
      };
      yield { position, row: mapRow(map, { in: cellIn, fileTime }) };
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      yield { position, violations: error.violations };
    }
  }
}

/** @throws UnreadableFile that names the column that is missing, and those that there are */
function requireColumns(map: ColumnMap, columns: readonly string[], fileTime: string | undefined): void {
  const missing = requiredColumns(map, fileTime).find(
    (names) => !names.some((name) => columns.includes(name)),
  );
  if (missing === undefined) return;
  const wanted = missing.map((name) => JSON.stringify(name)).join(' or ');
  const listed = columns.slice(0, COLUMNS_LISTED).map((name) => JSON.stringify(name));
  if (columns.length > COLUMNS_LISTED) listed.push(`and ${columns.length - COLUMNS_LISTED} more`);
  throw new UnreadableFile(
    `The file has no column ${wanted}, which the map needs. It has ${listed.join(', ')}. ` +
      'Correct the map, or mark the column "optional" there.',
  );
}
