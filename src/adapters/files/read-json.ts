import { jsonParser } from 'stream-json/core/parser.js';
import { textOfRecordPath, type RecordPath } from '../../domain/profiles/import/record-path.ts';
import { JsonRecords } from './json-records.ts';
import { NestedJsonRecords } from './nested-json-records.ts';
import { LONGEST_RECORD, type FileRecord } from './file-record.ts';
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
  let line = 1;
  let sinceRecord = 0;

  for await (const piece of pieces(text)) {
    let tokens;
    try {
      tokens = parse(piece, undefined);
    } catch (error) {
      throw broken(number + 1, line, (error as Error).message);
    }
    sinceRecord += piece.length;
    if (typeof tokens !== 'symbol') {
      for (const token of tokens.values) {
        const record = records.take(token);
        if (record === undefined) continue;
        yield { number: ++number, line, columns: [...record.keys()], cells: [...record.values()] };
        sinceRecord = 0;
      }
      // What stands between nested records may be long, and nothing of it is kept.
      if (tokens.values.length > 0 && !records.isInRecord) sinceRecord = 0;
    }
    if (sinceRecord > LONGEST_RECORD) {
      throw broken(number + 1, line, `it has more than ${LONGEST_RECORD} characters`);
    }
    line += piece.split('\n').length - 1;
  }
  if (records.isOpen) throw broken(number + 1, line, 'the file ends in the middle of it');
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

function broken(record: number, line: number, what: string): UnreadableFile {
  return new UnreadableFile(`Record ${record} (line ${line} or after) is not readable as JSON: ${what}.`);
}
