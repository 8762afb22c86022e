import { existsSync } from 'node:fs';
import { link, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Registry } from '../../../src/entrypoints/composition/registry.ts';
import { importCommand } from '../../../src/entrypoints/cli/commands/import.ts';
import { dispatch } from '../../../src/entrypoints/cli/dispatch.ts';
import { ObservationsInMemory } from '../../support/observations-in-memory.ts';
import { RegistryInMemory } from '../../support/registry-in-memory.ts';

let folder: string;
let registry: RegistryInMemory;
let observations: ObservationsInMemory;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-command-'));
  registry = new RegistryInMemory();
  observations = new ObservationsInMemory();
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function run(...args: string[]): Promise<Ran> {
  const out = new PassThrough();
  const err = new PassThrough();
  const { importCompanies } = registry;
  const open = async (): Promise<Registry> =>
    ({ profiles: { importCompanies }, observations, close: async () => {} }) as unknown as Registry;
  const status = await dispatch([importCommand], args, { out, err, interactive: false }, open);
  return { status, out: String(out.read() ?? ''), err: String(err.read() ?? '') };
}

async function file(text: string): Promise<string> {
  const path = join(folder, 'companies.csv');
  await writeFile(path, text);
  return path;
}

const HEADER = 'lei,name,countryCode,ticker\n';
const MAP =
  '{"identifiers":[{"scheme":"a","column":"ticker"}],"company":{"name":"name","countryCode":{"constant":"DE"}}}';

async function linkTo(path: string, make: (path: string, at: string) => Promise<void>): Promise<string> {
  const at = `${path}.link`;
  await make(path, at);
  return at;
}

describe('the import command', () => {
  it('ends with the counts as text', async () => {
    const path = await file(`${HEADER},Acme,US,A\n,Zeta,FR,Z\n`);
    const { status, out } = await run('import', path, '--map', 'companies');
    expect(status).toBe(0);
    expect(out.split('\n').map((line) => line.trim().split(/\s+/))).toEqual(
      expect.arrayContaining([
        ['created', '2'],
        ['rejected', '0'],
      ]),
    );
  });

  it('ends with one JSON result and nothing else, and names the file of rejected rows', async () => {
    const path = await file(`${HEADER},Acme,US,A\n,=Zeta,Atlantis,Z\n`);
    const rejected = join(folder, 'rejected.csv');
    const { status, out, err } = await run(
      'import',
      path,
      '--map',
      'companies',
      '--json',
      '--rejected',
      rejected,
    );
    expect(status).toBe(0);
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual({
      created: 1,
      updated: 0,
      renamed: 0,
      unchanged: 0,
      rejected: 1,
      file: path,
      rejectedFile: rejected,
      seconds: expect.any(Number),
    });
    expect(await readFile(rejected, 'utf8')).toContain('2,3,countryCode,');
  });

  it('counts the observations of its rows, and tells those that were refused by metric and reason', async () => {
    const map = join(folder, 'map.json');
    const price = { metric: { constant: 'price' }, value: 'price' };
    const section = {
      unit: { constant: 'USD' },
      source: { constant: 'test' },
      observedAt: 'year',
      metrics: [price],
    };
    await writeFile(map, JSON.stringify({ ...(JSON.parse(MAP) as object), observations: section }));
    const path = await file(
      'ticker,name,year,price\nA,Acme,2023,5\nA,Acme,2023,6\nZ,Zeta,2024,\nZ,Zeta,soon,7\n',
    );
    const rejected = join(folder, 'rejected.csv');
    const args = ['import', path, '--map', map, '--rejected', rejected];
    expect(JSON.parse((await run(...args, '--json')).out)).toEqual({
      created: 2,
      updated: 0,
      renamed: 0,
      unchanged: 2,
      rejected: 0,
      observations: { recorded: 1, unchanged: 0, corrected: 0, superseded: 0, conflict: 1, invalid: 1 },
      file: path,
      rejectedFile: rejected,
      seconds: expect.any(Number),
    });
    expect((await readFile(rejected, 'utf8')).split('\r\n').sort()).toEqual([
      '',
      '2,3,price,conflict: 5 is known,A,Acme,2023,6',
      '4,5,price,invalid: observedAt: must be a time,Z,Zeta,soon,7',
      'row,line,field,reason,ticker,name,year,price',
    ]);

    const { out } = await run(...args);
    expect(out.split('\n').map((line) => line.trim().split(/\s+/).join(' '))).toEqual([
      ...['created 0', 'updated 0', 'renamed 0', 'unchanged 4', 'rejected 0', 'Observations'],
      ...['recorded 0', 'unchanged 1', 'corrected 0', 'superseded 0', 'conflict 1', 'invalid 1'],
      `Why rows were rejected, or observations refused, is told in ${rejected}`,
      '',
    ]);
  });

  it('replaces no file by the rejected rows that is not one of an earlier import', async () => {
    const path = await file(`${HEADER},Acme,Atlantis,A\n`);
    const precious = join(folder, 'precious.csv');
    await writeFile(precious, 'row,of,mine\n');
    const { status, err } = await run('import', path, '--map', 'companies', '--rejected', precious);
    expect(status).toBe(2);
    expect(err).toContain(`would replace ${precious}, which is no file of rejected rows`);
    expect(await readFile(precious, 'utf8')).toBe('row,of,mine\n');
  });

  it('removes the rejected rows of an earlier import', async () => {
    const rejected = join(folder, 'rejected.csv');
    await run(
      'import',
      await file(`${HEADER},Acme,Atlantis,A\n`),
      '--map',
      'companies',
      '--rejected',
      rejected,
    );
    expect(existsSync(rejected)).toBe(true);
    await run('import', await file(`${HEADER},Acme,US,A\n`), '--map', 'companies', '--rejected', rejected);
    expect(existsSync(rejected)).toBe(false);
  });

  it.each<[string, (path: string) => Promise<string>]>([
    ['named alike', async (path) => path],
    ['by another spelling', async (path) => relative(process.cwd(), path)],
    ['by a symbolic link', async (path) => linkTo(path, symlink)],
    ['by a hard link', async (path) => linkTo(path, link)],
  ])('replaces neither file nor map by the rejected rows: %s', async (_case, spelled) => {
    const path = await file(`${HEADER},Acme,Atlantis,A\n`);
    const map = join(folder, 'map.json');
    await writeFile(map, MAP);
    for (const precious of [path, map]) {
      const before = await readFile(precious, 'utf8');
      const rejected = await spelled(precious);
      const { status, err } = await run('import', path, '--map', map, '--rejected', rejected);
      expect(status).toBe(2);
      expect(err).toContain(`would replace the ${precious === path ? 'FILE' : 'MAP'} itself`);
      expect(await readFile(precious, 'utf8')).toBe(before);
    }
    expect(registry.companies).toEqual([]);
  });

  it('replaces no map that comes with the registry', async () => {
    const path = await file(`${HEADER},Acme,US,A\n`);
    const result = await run(
      'import',
      path,
      '--map',
      'companies',
      '--rejected',
      'maps/../maps/companies.json',
    );
    expect(result).toMatchObject({ status: 2, err: expect.stringContaining('replace the MAP itself') });
    expect(existsSync('maps/companies.json')).toBe(true);
  });

  it('fails where the file is broken, with the counts of what was stored', async () => {
    const path = await file(`${HEADER},Acme,US,A\n,"Zeta,FR,Z\n`);
    const { status, out, err } = await run('import', path, '--map', 'companies', '--json');
    expect(status).toBe(1);
    expect(err).toContain('Row 2 (line 3) opens a quote');
    expect(JSON.parse(out)).toMatchObject({ created: 1 });
    expect(registry.companies).toHaveLength(1);
  });

  it("reads a map file of one's own", async () => {
    const map = join(folder, 'map.json');
    await writeFile(map, MAP);
    expect(await run('import', await file(`${HEADER},Acme,US,A\n`), '--map', map)).toMatchObject({
      status: 0,
    });
    expect(registry.bearerOf('a', 'A')?.countryCode).toBe('DE');
  });

  it.each([
    [[], 'Name the FILE'],
    [['x.csv'], 'Say with --map'],
    [['x.csv', 'y.csv', '--map', 'companies'], 'One file at a time'],
    [['x.csv', '--map', 'none'], 'There is no map none'],
    [['x.csv', '--map', './package.json'], 'The map ./package.json is wrong: name: is unknown here'],
    [['x.csv', '--mapp', 'companies'], "Unknown option '--mapp'"],
  ])('refuses the arguments %j', async (args, message) => {
    const { status, out, err } = await run('import', ...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(message);
    expect(err).toContain('import --help');
  });

  it('fails where there is no such file', async () => {
    const { status, err } = await run('import', join(folder, 'none.csv'), '--map', 'companies');
    expect(status).toBe(1);
    expect(err).toMatch(/^There is no file .*none\.csv\.\n$/);
  });

  it('stores what is in flight and says what is left to do when it is interrupted', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `,Company ${index},US,T${index}`);
    const path = await file(`${HEADER}${lines.join('\n')}\n`);
    registry.profiles.onChange(() => void (registry.writes === 10 && process.emit('SIGINT', 'SIGINT')));
    const { status, out, err } = await run('import', path, '--map', 'companies', '--json');
    const { created } = JSON.parse(out) as { created: number };
    expect(status).toBe(1);
    expect(err).toContain('Import the file again to finish it');
    expect(created).toBe(registry.companies.length);
    expect(created).toBeLessThan(1000);
    expect(await run('import', path, '--map', 'companies', '--json')).toMatchObject({ status: 0 });
    expect(registry.companies).toHaveLength(1000);
  });
});

describe('the command line', () => {
  it('tells its commands', async () => {
    expect(await run('--help')).toMatchObject({ status: 0, err: '', out: expect.stringContaining('import') });
    expect(await run()).toMatchObject({ status: 2, out: '' });
    expect(await run('import', '--help')).toMatchObject({
      status: 0,
      out: expect.stringContaining('--rejected FILE'),
    });
  });

  it('refuses a command that it does not have', async () => {
    expect(await run('exprot')).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining('no command exprot'),
    });
  });
});
