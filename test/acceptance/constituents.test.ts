import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { inParallel } from '../../src/domain/shared/in-parallel.ts';
import { RunningSystem } from '../support/running-system.ts';
import { sharedText } from '../support/shared-data.ts';
import { shortOrLong } from '../support/test-length.ts';

/** Editions of one list, oldest first, as their publishers leave them: other columns, other names, other tickers. */
const INLINE = [
  [
    'Symbol,Name,Sector',
    'FB,Facebook Inc.,Information Technology',
    'GOOGL,Alphabet Inc Class A,Information Technology',
    'BRK.B,Berkshire Hathaway,Financials',
    'TWX,Time Warner Inc.,Consumer Discretionary',
  ],
  [
    'Symbol,Name,Sector',
    'META,Meta Platforms,Communication Services',
    'GOOGL,Alphabet (Class A),Communication Services',
    'BRK.B,Berkshire Hathaway,Financials',
  ],
  [
    'Symbol,Security,GICS Sector,GICS Sub-Industry,Headquarters Location,Date added,CIK,Founded',
    'META,Meta Platforms,Communication Services,Interactive Media & Services,"Menlo Park, California",2013-12-23,1326801,2004',
    'GOOGL,Alphabet Inc. (Class A),Communication Services,Interactive Media & Services,"Mountain View, California",2014-04-03,1652044,1998',
    'GOOG,Alphabet Inc. (Class C),Communication Services,Interactive Media & Services,"Mountain View, California",2006-04-03,1652044,1998',
    'BRK-B,Berkshire Hathaway,Financials,Multi-Sector Holdings,"Omaha, Nebraska",2010-02-16,1067983,1839 (1955)',
  ],
];

const REAL = ['2018-04-02', '2022-12-24', '2023-06-20', '2023-12-31'].map(
  (date) => `sp500/constituents-${date}.csv`,
);
/** Some of the list: what changed its name or its ticker, what has two classes of shares, what has a dot. */
const SOME = /^(?:BF|BRK|F|G|META\b|PKI|R[TV])/;

interface Edition {
  readonly file: string;
  readonly rows: readonly Record<string, string>[];
}

let system: RunningSystem;
beforeEach(async () => {
  system = await RunningSystem.create();
  await system.start();
});
afterEach(() => system.dispose());

/** The real editions where they are, else the ones above; all their rows in a long test. */
async function editions(): Promise<Edition[]> {
  const real = REAL.map(sharedText).filter((text) => text !== undefined);
  const texts = real.length === REAL.length ? real : INLINE.map((lines) => lines.join('\n'));
  const folder = join(system.dataFolder, 'editions');
  await mkdir(folder, { recursive: true });
  return Promise.all(
    texts.map(async (text, index) => {
      const [header = '', ...lines] = text.split('\n');
      const some = lines.filter((line) => shortOrLong(SOME.test(line), true));
      const file = join(folder, `${index}.csv`);
      const edition = [header, ...some].join('\n');
      await writeFile(file, edition);
      return { file, rows: parse(edition, { bom: true, columns: true }) };
    }),
  );
}

it('four editions of the S&P 500, in order and twice, leave in statistics every name of the last one that has it', async () => {
  const all = await editions();
  // Imported again, the edition before the last one sets names back that the last one sets right.
  for (const { file } of [...all, ...all.slice(shortOrLong(-2, 0))]) {
    expect(await system.json('import', file, '--map', 'sp500-constituents')).toMatchObject({ rejected: 0 });
  }
  expect(await system.json('import', all.at(-1)!.file, '--map', 'sp500-constituents')).toMatchObject({
    created: 0,
    updated: 0,
    renamed: 0,
  });
  expect(await system.json('audit')).toMatchObject({ drift: 0 });

  const bearerOf = async (symbol: string): Promise<string> => {
    // One edition says `RVTY (Previously PKI)`.
    const [ticker = ''] = symbol.split(' ');
    const { status, body } = await system.request(`/v1/identifiers/ticker/${encodeURIComponent(ticker)}`);
    expect({ ticker, status }).toEqual({ ticker, status: 200 });
    return (body as { companyId: string }).companyId;
  };
  const expected = new Map<string, string>();
  for (const { rows } of all) {
    const named = new Set<string>();
    const bearers = await inParallel(rows, 8, (row) => bearerOf(row['Symbol']!));
    for (const [index, row] of rows.entries()) {
      const companyId = bearers[index]!;
      // Two share classes are one company, which the first of its rows names.
      if (!named.has(companyId)) expected.set(companyId, row['Security'] ?? row['Name']!);
      named.add(companyId);
    }
  }
  const shown = new Map<string, string>();
  await inParallel([...expected.keys()], 8, async (companyId) => {
    const { body } = await system.request(`/v1/statistics/companies/${companyId}`);
    shown.set(companyId, (body as { companyName: string }).companyName);
  });
  expect(shown).toEqual(expected);
}, 300_000);
