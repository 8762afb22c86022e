import { Readable } from 'node:stream';
import { CsvError, parse, type Info } from 'csv-parse';
import { LONGEST_RECORD, type FileRecord } from './file-record.ts';
import { UnreadableFile } from './unreadable-file.ts';

export interface CsvLayout {
  readonly delimiter?: string;
  readonly quote?: string;
}

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: Info;
}

/**
 * The records under a CSV's header, as they are asked for.
 *
 * @throws UnreadableFile at the record that cannot be read
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  { delimiter = ',', quote = '"' }: CsvLayout,
): AsyncGenerator<FileRecord> {
  const parser = parse({
    delimiter,
    quote,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  });
  const source = Readable.from(text);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);

  let columns: readonly string[] | undefined;
  let number = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      if (columns === undefined) {
        columns = headerOf(record);
        continue;
      }
      const line = info.lines - lineBreaksIn(record);
      yield { number: ++number, line, columns, cells: record };
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error, number + 1) : error;
  } finally {
    source.destroy();
    parser.destroy();
  }
  if (columns === undefined) throw new UnreadableFile('The file is empty: not even a header.');
}

function headerOf(cells: readonly string[]): readonly string[] {
  const columns = cells.map((cell) => cell.trim());
  const twice = columns.find((column, index) => column !== '' && columns.indexOf(column) !== index);
  if (twice === undefined) return columns;
  throw new UnreadableFile(
    `The header has the column ${JSON.stringify(twice)} twice. Name one of them differently.`,
  );
}

function lineBreaksIn(record: readonly string[]): number {
  let count = 0;
  for (const cell of record) {
    if (cell.includes('\n')) count += cell.split('\n').length - 1;
  }
  return count;
}

function unreadable(error: CsvError, rowNumber: number): UnreadableFile {
  const line = typeof error['lines'] === 'number' ? error['lines'] : 0;
  const where = rowNumber === 1 && line <= 1 ? 'The header' : `Row ${rowNumber} (line ${line})`;
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new UnreadableFile(
        `${where} opens a quote that is never closed. Close it, or double it if it is meant.`,
      );
    case 'CSV_MAX_RECORD_SIZE':
      return new UnreadableFile(
        `${where} has more than ${LONGEST_RECORD} characters. Perhaps a quote is not closed, or the map's "delimiter" is not the file's.`,
      );
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return new UnreadableFile(
        `${where} has a quote inside a cell. Put the cell in quotes and double those that it contains.`,
      );
    default:
      return new UnreadableFile(`${where} cannot be read: ${error.message}`, { cause: error });
  }
}
