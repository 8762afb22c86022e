import { createReadStream, type ReadStream } from 'node:fs';
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

/**
 * A file of companies, read as a stream: memory does not grow with it.
 *
 * @throws UnreadableFile, here or while its rows are read
 */
export async function openCompanyFile(path: string, map: ColumnMap): Promise<CompanyFile> {
  const fileTime = timeOfFile(map, basename(path));
  const encodingOfMap = map.layout.encoding === undefined ? undefined : encodingNamed(map.layout.encoding);
  const { start, bytes } = await beginningOf(path);
  const encoding = encodingByMark(start) ?? encodingOfMap ?? 'utf-8';
  refuseBinary(start, encoding);
  const format = map.layout.format ?? detectFormat(new TextDecoder(encoding).decode(start), path);

  // Opened when the first row is asked for: nobody would hear its errors before.
  let stream: ReadStream | undefined;
  async function* content(): AsyncGenerator<Uint8Array> {
    stream = createReadStream(path);
    yield* stream as AsyncIterable<Uint8Array>;
  }
  const text = decodeText(content(), encoding);
  if (format === 'csv' && map.layout.records) {
    throw new UnreadableFile('The map says where in a JSON file the records are, but the file is a CSV.');
  }
  const records =
    format === 'csv' ? readCsv(text, map.layout) : readJson(text, format === 'ndjson', map.layout.records);
  return {
    name: basename(path),
    bytes,
    get bytesRead() {
      return stream?.bytesRead ?? 0;
    },
    rows: mapped(records, map, fileTime),
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

function timeOfFile(map: ColumnMap, name: string): string | undefined {
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

async function* mapped(
  records: AsyncIterable<FileRecord>,
  map: ColumnMap,
  fileTime: string | undefined,
): AsyncGenerator<ReadRow> {
  let known: readonly string[] | undefined;
  let positions = new Map<string, number>();
  for await (const { number, line, columns, cells } of records) {
    if (columns !== known) {
      if (known === undefined) requireColumns(map, columns, fileTime);
      known = columns;
      positions = new Map(columns.map((column, index) => [column, index]));
    }
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
