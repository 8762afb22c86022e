import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvLine, withoutGuard } from '../../../src/adapters/files/csv-line.ts';
import { readCsv } from '../../../src/adapters/files/read-csv.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { shortOrLong } from '../../support/test-length.ts';

async function* pieces(text: string): AsyncGenerator<string> {
  // In the middle of whatever stands there, but for a character: decoding never leaves half of one.
  const characters = [...text];
  for (let at = 0; at < characters.length; at += 7) yield characters.slice(at, at + 7).join('');
}

async function readBack(rows: readonly (readonly string[])[]): Promise<(readonly string[])[]> {
  const text = [['a', 'b', 'c'], ...rows].map(csvLine).join('');
  const read: (readonly string[])[] = [];
  for await (const { cells } of readCsv(pieces(text), { formulaGuard: true })) read.push(cells);
  return read;
}

const cell = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '"', ',', '\r', '\n', '\t', ' ', '1', '＝') }),
);

describe('a line of a CSV', () => {
  it('is read back as it was, whatever stands in its cells', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { maxLength: 4 }),
        async (rows) => void expect(await readBack(rows)).toEqual(rows),
      ),
      { numRuns: shortOrLong(100, 2_000) },
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-1+cmd', "'-1+cmd"],
    ["'=1", "''=1"],
    ['＝1', "'＝1"],
    ['-5.25', '-5.25'],
    ["'tis", "'tis"],
    ['a=b', 'a=b'],
  ])('makes no formula of %j', (text, written) => {
    const [line = ''] = csvLine([text]).split('\r\n');
    const unquoted = line.startsWith('"') ? line.slice(1, -1).replaceAll('""', '"') : line;
    expect(unquoted).toBe(written);
    expect(withoutGuard(unquoted)).toBe(text);
  });
});
