import { parse, type CsvError } from 'csv-parse';
import { withoutGuard } from './csv-line.ts';
import { LONGEST_RECORD, type FileRecord } from './file-record.ts';
import { UnreadableFile } from './unreadable-file.ts';

export interface CsvLayout {
  readonly delimiter?: string;
  readonly quote?: string;
  /** Whether cells that begin like a formula stand behind an apostrophe, which is no part of them. */
  readonly formulaGuard?: boolean;
}

/**
 * The records under a CSV's header, as they are asked for.
 *
 * @throws UnreadableFile at the record that cannot be read, after those before it
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  { delimiter = ',', quote = '"', formulaGuard = false }: CsvLayout,
): AsyncGenerator<FileRecord> {
  let columns: readonly string[] | undefined;
  let number = 0;
  for await (const { cells, line } of parsed(text, delimiter, quote)) {
    if (columns === undefined) columns = headerOf(cells);
    else yield { number: ++number, line, columns, cells: formulaGuard ? cells.map(withoutGuard) : cells };
  }
  if (columns === undefined) throw new UnreadableFile('The file is empty: not even a header.');
}

interface ParsedRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

async function* parsed(
  text: AsyncIterable<string>,
  delimiter: string,
  quote: string,
): AsyncGenerator<ParsedRecord> {
  // Records are taken as they are parsed, not from the stream's end, which forgets them at an error.
  let records: ParsedRecord[] = [];
  let count = 0;
  // The parser takes CR and LF inside quotes for two lines.
  let linesTooMany = 0;
  const parser = parse({
    delimiter,
    quote,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    on_record: (cells: string[], { lines }) => {
      linesTooMany += countOf('\r', cells);
      records.push({ cells, line: lines - linesTooMany - countOf('\n', cells) });
      count++;
      return null;
    },
  });
  let failure: CsvError | undefined;
  parser.on('error', (error: CsvError) => (failure = error));
  parser.resume();

  const take = (): ParsedRecord[] => {
    const taken = records;
    records = [];
    return taken;
  };
  for await (const chunk of text) {
    await new Promise((resolve) => parser.write(chunk, resolve));
    yield* take();
    if (failure) throw unreadable(failure, count, linesTooMany);
  }
  await new Promise((resolve) => parser.end(resolve));
  yield* take();
  if (failure) throw unreadable(failure, count, linesTooMany);
}

function headerOf(cells: readonly string[]): readonly string[] {
  const columns = cells.map((cell) => cell.trim());
  const twice = columns.find((column, index) => column !== '' && columns.indexOf(column) !== index);
  if (twice === undefined) return columns;
  throw new UnreadableFile(
    `The header has the column ${JSON.stringify(twice)} twice. Name one of them differently.`,
  );
}

function countOf(character: string, cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) if (cell.includes(character)) count += cell.split(character).length - 1;
  return count;
}

/** @param recordsBefore the header among them */
function unreadable(error: CsvError, recordsBefore: number, linesTooMany: number): UnreadableFile {
  const line = (typeof error['lines'] === 'number' ? error['lines'] : 0) - linesTooMany;
  const where = recordsBefore === 0 ? 'The header' : `Row ${recordsBefore} (line ${line})`;
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
