import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningSystem } from '../support/running-system.ts';
import { shortOrLong } from '../support/test-length.ts';

const ROWS = shortOrLong(100, 1000);

const numberOf = (row: number): string => String(row).padStart(8, '0');

let system: RunningSystem;
let file: string;
beforeEach(async () => {
  system = await RunningSystem.create();
  file = join(system.dataFolder, 'companies.csv');
  const lines = Array.from({ length: ROWS }, (_, row) => `Company ${row},GB,${numberOf(row)}`);
  await writeFile(file, ['name,countryCode,registrationNumber', ...lines].join('\n'));
  await system.start();
});
afterEach(() => system.dispose());

const importFile = (): ReturnType<RunningSystem['command']> =>
  system.command(
    'import',
    file,
    '--map',
    'companies',
    '--rejected',
    join(system.dataFolder, 'rejected.csv'),
    '--json',
  );

/** Resolves when the company of a row is registered. */
async function registered(row: number): Promise<void> {
  await system.eventually(async () => {
    const { status } = await system.request(`/v1/identifiers/registration-number/${numberOf(row)}`);
    return status === 200 || undefined;
  });
}

async function countListed(): Promise<number> {
  let count = 0;
  let cursor = '';
  do {
    const { body } = await system.request(`/v1/companies?limit=100${cursor}`);
    const { items, nextCursor } = body as { items: unknown[]; nextCursor?: string };
    count += items.length;
    cursor = nextCursor === undefined ? '' : `&cursor=${nextCursor}`;
  } while (cursor !== '');
  return count;
}

describe('an import of companies, struck on its way, then finished', () => {
  type Import = ReturnType<typeof importFile>;
  const strike: Record<string, (running: Import) => Promise<void>> = {
    importer: async ({ process: importer }) => {
      importer.kill('SIGKILL');
    },
    server: async () => {
      await system.killServer();
      await system.start();
    },
    engine: async () => {
      await system.killEngine();
    },
    'server and the engine': async () => {
      await Promise.all([system.killEngine(), system.killServer()]);
      await system.start();
    },
  };

  /** Where the import is struck, as a share of its rows, and what is killed then. */
  const eachAlone = Object.keys(strike).map((target) => [0.1, 0.5, 0.9].map((share) => ({ share, target })));
  const oneAfterTheOther = [
    { share: 0.3, target: 'importer' },
    { share: 0.7, target: 'server and the engine' },
  ];

  const cases = shortOrLong([oneAfterTheOther], eachAlone).map(
    (blows) => [blows.map(({ share, target }) => `the ${target} (at ${share})`).join(', '), blows] as const,
  );

  it.each(cases)(
    'ends with every company once, in both services, when one kills %s',
    async (_what, blows) => {
      let running = importFile();
      for (const { share, target } of blows) {
        const row = ROWS * share;
        // Either the import has come so far, or the last blow has ended it and it is begun again.
        for (let arrived = false; !arrived;) {
          const ended = running.result.then(() => 'ended' as const);
          arrived = (await Promise.race([registered(row), ended])) !== 'ended';
          if (!arrived) running = importFile();
        }
        await strike[target]!(running);
      }
      await running.result;
      const { status, stdout, stderr } = await importFile().result;
      expect({ status, stderr }).toMatchObject({ status: 0 });
      expect(JSON.parse(stdout)).toMatchObject({ updated: 0, renamed: 0, rejected: 0 });
      // Companies, names, and revisions 1..n without gaps.
      expect(await system.json('audit')).toMatchObject({ companies: ROWS, drift: 0 });
      expect(await countListed()).toBe(ROWS);
    },
  );
});
