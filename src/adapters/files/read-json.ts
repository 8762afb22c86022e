import { jsonParser, type Token } from 'stream-json/core/parser.js';
import { textOfRecordPath, type RecordPath } from '../../domain/profiles/import/record-path.ts';
import { JsonRecords } from './json-records.ts';
import { NestedJsonRecords } from './nested-json-records.ts';
import { LONGEST_RECORD, type FileRecord } from './file-record.ts';
import { NotARecord } from './not-a-record.ts';
import { UnreadableFile } from './unreadable-file.ts';

/**
 * The records of a JSON file, as they are asked for: an array of objects, an object of objects, or objects one after
 * the other (NDJSON).
 *
 * @param lines whether each object at the top is a record, whatever it holds
 * @param path where the records are, if they are nested deeper
 * @throws UnreadableFile at the record that cannot be read
 */
export async function* readJson(
  text: AsyncIterable<string>,
  lines: boolean,
  path?: RecordPath,
): AsyncGenerator<FileRecord> {
  const parse = jsonParser({ packValues: true, streamValues: false, jsonStreaming: true });
  const records = path ? new NestedJsonRecords(path) : new JsonRecords(lines);
  let number = 0;
  const taken = (token: Token, at: number): ReadonlyMap<string, string> | undefined => {
    try {
      return records.take(token);
    } catch (error) {
      if (error instanceof NotARecord) throw new UnreadableFile(`${place(number + 1, at)}: ${error.message}`);
      throw error;
    }
  };
  let line = 1;
  /** Where the record begins that is being read, or what stands before it. */
  let begin: number | undefined;
  let sinceRecord = 0;

  for await (const piece of pieces(text)) {
    begin ??= lineOfFirst(piece, line);
    let tokens;
    try {
      tokens = parse(piece, undefined);
    } catch (error) {
      throw broken(number + 1, begin ?? line, (error as Error).message);
    }
    sinceRecord += piece.length;
    if (typeof tokens !== 'symbol') {
      for (const token of tokens.values) {
        const record = taken(token, begin ?? line);
        if (record === undefined) continue;
        const [columns, cells] = [[...record.keys()], [...record.values()]];
        yield { number: ++number, line: begin ?? line, columns, cells };
        sinceRecord = 0;
        begin = undefined;
      }
      // What stands between nested records may be long, and nothing of it is kept.
      if (tokens.values.length > 0 && !records.isInRecord) {
        sinceRecord = 0;
        begin = undefined;
      }
    }
    if (sinceRecord > LONGEST_RECORD) {
      throw broken(number + 1, begin ?? line, `it has more than ${LONGEST_RECORD} characters`);
    }
    line += piece.split('\n').length - 1;
  }
  if (records.isOpen) throw broken(number + 1, begin ?? line, 'the file ends in the middle of it');
  if (number > 0) return;
  if (path === undefined) throw new UnreadableFile('The file is empty: it has no record.');
  throw new UnreadableFile(
    `The file has no record at ${textOfRecordPath(path)}. Correct "records" in the map, or name another file.`,
  );
}

/**
 * The text cut after each closing brace, so that at most one record ends in a piece: what is wrong with a piece is no
 * matter of the records before it. White space at the end lets the parser see that a number has ended.
 */
async function* pieces(text: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const chunk of text) {
    let from = 0;
    for (let brace = chunk.indexOf('}'); brace >= 0; brace = chunk.indexOf('}', from)) {
      yield chunk.slice(from, brace + 1);
      from = brace + 1;
    }
    if (from < chunk.length) yield chunk.slice(from);
  }
  yield ' ';
}

/** The line of what a piece has beside separators; undefined where that is nothing. */
function lineOfFirst(piece: string, line: number): number | undefined {
  const [separators = ''] = /^[\s,[\]]*/u.exec(piece) ?? [];
  return separators.length === piece.length ? undefined : line + separators.split('\n').length - 1;
}

function broken(record: number, line: number, what: string): UnreadableFile {
  return new UnreadableFile(`${place(record, line)} is not readable as JSON: ${what}.`);
}

function place(record: number, line: number): string {
  return `Record ${record} (line ${line} or after)`;
}
