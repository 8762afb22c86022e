import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { inParallel } from '../../src/domain/shared/in-parallel.ts';
import { RunningSystem } from '../support/running-system.ts';
import { sharedRows } from '../support/shared-data.ts';

/** Editions of one list, oldest first, as their publishers leave them: other columns, other names, other tickers. */
const INLINE = {
  '2018.csv': [
    'Symbol,Name,Sector',
    'FB,Facebook Inc.,Information Technology',
    'GOOGL,Alphabet Inc Class A,Information Technology',
    'BRK.B,Berkshire Hathaway,Financials',
    'TWX,Time Warner Inc.,Consumer Discretionary',
  ],
  '2022.csv': [
    'Symbol,Name,Sector',
    'META,Meta Platforms,Communication Services',
    'GOOGL,Alphabet (Class A),Communication Services',
    'BRK.B,Berkshire Hathaway,Financials',
  ],
  '2023.csv': [
    'Symbol,Security,GICS Sector,GICS Sub-Industry,Headquarters Location,Date added,CIK,Founded',
    'META,Meta Platforms,Communication Services,Interactive Media & Services,"Menlo Park, California",2013-12-23,1326801,2004',
    'GOOGL,Alphabet Inc. (Class A),Communication Services,Interactive Media & Services,"Mountain View, California",2014-04-03,1652044,1998',
    'GOOG,Alphabet Inc. (Class C),Communication Services,Interactive Media & Services,"Mountain View, California",2006-04-03,1652044,1998',
    'BRK-B,Berkshire Hathaway,Financials,Multi-Sector Holdings,"Omaha, Nebraska",2010-02-16,1067983,1839 (1955)',
  ],
};

const REAL = ['2018-04-02', '2022-12-24', '2023-06-20', '2023-12-31'].map(
  (date) => `sp500/constituents-${date}.csv`,
);
const realPath = (path: string): string =>
  fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));

let system: RunningSystem;
beforeEach(async () => {
  system = await RunningSystem.create();
  await system.start();
});
afterEach(() => system.dispose());

/** Which files to load: the real ones where they are, else the ones above. */
async function editions(): Promise<string[]> {
  if (REAL.every((path) => sharedRows(path) !== undefined)) return REAL.map(realPath);
  const folder = join(system.dataFolder, 'editions');
  await mkdir(folder, { recursive: true });
  return Promise.all(
    Object.entries(INLINE).map(async ([name, lines]) => {
      await writeFile(join(folder, name), lines.join('\n'));
      return join(folder, name);
    }),
  );
}

it('four editions of the S&P 500, in order and twice, leave in statistics every name of the last one that has it', async () => {
  const files = await editions();
  for (const file of [...files, ...files]) {
    expect(await system.json('import', file, '--map', 'sp500-constituents')).toMatchObject({ rejected: 0 });
  }
  expect(await system.json('import', files.at(-1)!, '--map', 'sp500-constituents')).toMatchObject({
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
  for (const file of files) {
    const named = new Set<string>();
    const rows = rowsOf(file);
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

function rowsOf(file: string): Record<string, string>[] {
  const path = REAL.find((one) => realPath(one) === file);
  if (path !== undefined) return sharedRows(path)!;
  const lines = Object.entries(INLINE).find(([name]) => file.endsWith(name))?.[1] ?? [];
  const [header = '', ...rows] = lines.map((line) => line.replace(/"[^"]*"/g, ''));
  return rows.map((line) =>
    Object.fromEntries(line.split(',').map((cell, index) => [header.split(',')[index] ?? '', cell])),
  );
}
