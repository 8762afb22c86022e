import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { factSeries, filledIn, highestPrices, payGapsIn } from '../support/raw-figures.ts';
import { placeFiles, type FileSet, type RawFile } from '../support/raw-files.ts';
import { RunningSystem } from '../support/running-system.ts';
import { factChecks, payGapChecks, priceChecks } from '../support/spot-checks.ts';
import { COMPANY_FACTS, CONSTITUENTS, FINANCIALS, PAY_GAPS } from '../support/statistics-files.ts';
import { shortOrLong } from '../support/test-length.ts';

interface Imported {
  readonly rejected: number;
  readonly observations?: Readonly<Record<string, number>>;
}

let system: RunningSystem;
beforeEach(async () => {
  system = await RunningSystem.create();
  await system.start();
});
afterEach(() => system.dispose());

const placed = async (set: FileSet): Promise<RawFile[]> => placeFiles(join(system.dataFolder, 'files'), set);

async function importFile({ path }: RawFile, map: string): Promise<Imported> {
  const rejected = join(system.dataFolder, 'files', 'rejected.csv');
  const told = await system.json<Imported>('import', path, '--map', map, '--rejected', rejected);
  expect(told).toMatchObject({ rejected: 0 });
  return told;
}

it('answers over HTTP what follows from the files that were imported, on the boards of a ranked metric too', async () => {
  const [constituents] = await placed(CONSTITUENTS);
  const all = await placed(FINANCIALS);
  // Two times of other columns and units are enough for a short test.
  const files = all.filter((file) => shortOrLong(file.name.startsWith('2018') || file === all.at(-1), true));
  await importFile(constituents!, 'sp500-constituents');
  for (const file of files) {
    const { observations } = await importFile(file, 'sp500-financials');
    expect(observations).toMatchObject({ recorded: filledIn([file]), unchanged: 0, conflict: 0 });
  }
  const { status } = await system.request('/v1/statistics/metrics/price', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ unit: 'USD', label: 'Price of a share', ranked: true }),
  });
  expect(status).toBe(200);
  expect(await importFile(files.at(-1)!, 'sp500-financials')).toMatchObject({
    created: 0,
    updated: 0,
    observations: { recorded: 0, unchanged: filledIn(files.slice(-1)), corrected: 0 },
  });
  const checks = priceChecks(constituents!, files);

  const [facts] = await placed(COMPANY_FACTS);
  const [year] = await placed(PAY_GAPS);
  for (const file of shortOrLong([], [facts!])) {
    const { observations } = await importFile(file, 'companyfacts');
    const series = factSeries(file);
    const current = [...series.values()].flatMap((one) => one.current);
    expect(observations).toMatchObject({ recorded: current.length, conflict: 0, invalid: 0 });
    const corrected = [...series.keys()].filter((name) => series.get(name)!.earlier.length > 0);
    checks.push(...factChecks(file, corrected));
  }
  for (const file of shortOrLong([], [year!])) {
    const { observations } = await importFile(file, 'uk-pay-gap');
    expect(observations).toMatchObject({ recorded: payGapsIn([file]), conflict: 0, invalid: 0 });
    checks.push(...payGapChecks([file]));
  }

  // Boards follow soon after.
  const priced = highestPrices(constituents!, files).length;
  await system.eventually(async () => {
    const { body } = await system.request('/v1/statistics/aggregates/country?metric=price&unit=USD');
    const { items } = body as { items: { count: number }[] };
    return items.reduce((sum, { count }) => sum + count, 0) === priced || undefined;
  });
  expect(await system.json('audit')).toMatchObject({ drift: 0, waiting: 0 });
  for (const { of, expected, told } of checks) {
    expect([of, await told((path) => system.request(path))]).toEqual([of, expected]);
  }
}, 3_600_000);
