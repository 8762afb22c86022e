import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryProfiles } from '../../../src/adapters/in-memory/profiles/in-memory-profiles.ts';
import { InMemoryStatistics } from '../../../src/adapters/in-memory/statistics/in-memory-statistics.ts';
import { LocalCompanyEventPublisher } from '../../../src/adapters/local/local-company-event-publisher.ts';
import type { CompanyFacts } from '../../../src/domain/profiles/company-facts.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { exportCommand } from '../../../src/entrypoints/cli/commands/export.ts';
import { importCommand } from '../../../src/entrypoints/cli/commands/import.ts';
import { composeRegistry, type Adapters } from '../../../src/entrypoints/composition/compose.ts';
import {
  profilesOnDynamoDb,
  statisticsOnDynamoDb,
} from '../../../src/entrypoints/composition/dynamodb-adapters.ts';
import {
  profilesInMemory,
  statisticsInMemory,
} from '../../../src/entrypoints/composition/in-memory-adapters.ts';
import { allFacts, companyIdAt, someFacts, tickerOf } from '../../support/company-mother.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { runCommand, type CommandResult } from '../../support/run-command.ts';
import { SequentialCompanyIds } from '../../support/sequential-company-ids.ts';

interface Backend {
  readonly profiles: Adapters;
  readonly statistics: Adapters;
}

type System = ReturnType<typeof systemOn>;

/** Both services, and what leads from the one to the other when snapshots are asked for. */
function systemOn(backend: Backend, clock = new ManualClock()) {
  const registry = composeRegistry({
    ...backend,
    epoch: 1,
    publisher: new LocalCompanyEventPublisher(
      async (messages) => {
        for (const { message } of messages) {
          await registry.statistics.receiveCompanyEvent.execute({
            messageId: 'any',
            sentAt: clock.now(),
            payload: message,
          });
        }
      },
      1,
      () => {},
    ),
    system: {
      clock,
      companyIds: new SequentialCompanyIds(),
      pause: { forMs: async () => {} },
      backoff: async () => {},
    },
  });
  const run = async (command: typeof exportCommand, ...args: string[]): Promise<CommandResult> =>
    runCommand(command, args, registry);
  return { ...registry, run, synchronize: async () => registry.profiles.publishSnapshots.execute('any') };
}

let folder: string;
let database: TestDynamoDb;

beforeAll(async () => {
  database = await startDynamoDb();
});
afterAll(async () => database.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const inMemory = async (): Promise<Backend> => ({
  profiles: profilesInMemory(new InMemoryProfiles(), new ManualClock()),
  statistics: statisticsInMemory(new InMemoryStatistics()),
});

const onTheEngine = async (): Promise<Backend> => {
  const tables = await database.createTables();
  return {
    profiles: profilesOnDynamoDb(database.client, tables.profiles),
    statistics: statisticsOnDynamoDb(database.client, tables.statistics, 0),
  };
};

const ODD: readonly CompanyFacts[] = [
  someFacts(),
  // Another one of the same name, and without an identifier too.
  someFacts(),
  someFacts({ name: '=HYPERLINK("http://evil.example")', tags: ['-1+1', "'=a", 'a,b', '"'] }),
  someFacts({ name: "'=quoted", legalForm: '@home', description: '+1\r\nand a line\n\tindented, "quoted"' }),
  someFacts({ name: 'Ünïcode 株式会社 🏢 \\ </script>', countryCode: 'JP', status: 'dissolved' }),
  allFacts(),
  allFacts({
    identifiers: [
      tickerOf('GLE'),
      tickerOf('SCGLY'),
      { scheme: 'house-number', value: '-7' },
      { scheme: 'registration-number', value: '=1+1' },
    ],
    industry: { scheme: 'nace', code: '64.19', label: 'N/A' },
    status: 'dormant',
  }),
  // Claims what others bear already: nothing but its id tells it from them.
  someFacts({ identifiers: [tickerOf('GLE')] }),
];

async function fill({ profiles, statistics, synchronize }: System): Promise<void> {
  for (const facts of ODD) await profiles.registerCompany.execute(facts, { requestId: 'any' });
  const removed = await profiles.registerCompany.execute(someFacts({ name: 'Gone' }), {
    requestId: 'any',
  });
  await profiles.removeCompany.execute(removed.companyId, 1, { requestId: 'any' });
  await synchronize();
  for (const companyId of [companyIdAt(1), companyIdAt(7), companyIdAt(8), removed.companyId]) {
    const results = await statistics.recordObservations.execute(companyId, [
      { metric: 'price', unit: '=USD', observedAt: '2024-03', value: '-0.1', source: '-x, "y"' },
      {
        metric: 'price',
        unit: 'USD',
        observedAt: '2024-03-01T10:00:00Z',
        value: '12345678901234567890.5',
        source: 's',
      },
      {
        metric: 'price',
        unit: 'USD',
        observedAt: '2024',
        value: '3',
        source: "'=",
        reportedAt: '2025-01-01',
      },
    ]);
    expect(results.map(({ status }) => status)).toEqual(['recorded', 'recorded', 'recorded']);
  }
}

/** What is to be the same on both sides. */
function stateIn(ndjson: string): unknown[] {
  return ndjson
    .trimEnd()
    .split('\n')
    .map((line) => {
      const state = JSON.parse(line) as Record<string, unknown>;
      for (const fact of ['version', 'createdAt', 'updatedAt', 'previousNames']) delete state[fact];
      return state;
    });
}

describe.each([
  ['in memory', inMemory],
  ['on the engine', onTheEngine],
])('an export %s', (_where, backend) => {
  it.each(['ndjson', 'csv'])(
    'as %s, imported into an empty system, is exported as it was',
    async (format) => {
      const source = systemOn(await backend());
      await fill(source);
      const [companies, observations] = [join(folder, 'c.txt'), join(folder, 'o.txt')];
      const written = await source.run(
        exportCommand,
        'companies',
        '--format',
        format,
        '--output',
        companies,
        '--json',
      );
      expect(JSON.parse(written.out)).toEqual({ companies: ODD.length, output: companies, format });
      const figures = await source.run(
        exportCommand,
        'observations',
        '--format',
        format,
        '--output',
        observations,
        '--json',
      );
      expect(JSON.parse(figures.out)).toEqual({ observations: 9, leftOut: 1, output: observations, format });

      const target = systemOn(await backend(), new ManualClock());
      const rejected = join(folder, 'rejected.csv');
      const imported = async (file: string, map: string): Promise<unknown> => {
        const ran = await target.run(importCommand, file, '--map', map, '--rejected', rejected, '--json');
        return JSON.parse(ran.out);
      };
      expect(await imported(companies, 'companies')).toMatchObject({ created: ODD.length, rejected: 0 });
      await target.synchronize();
      expect(await imported(observations, 'observations')).toMatchObject({
        unchanged: 9,
        rejected: 0,
        observations: { recorded: 9 },
      });
      for (const subject of ['companies', 'observations']) {
        const [before, after] = [
          await source.run(exportCommand, subject),
          await target.run(exportCommand, subject),
        ];
        expect(stateIn(after.out)).toEqual(stateIn(before.out));
      }
      expect(await imported(companies, 'companies')).toMatchObject({ unchanged: ODD.length, rejected: 0 });
    },
  );
});

describe('the export command', () => {
  it('writes NDJSON to standard output, and what it did to the other one', async () => {
    const system = systemOn(await inMemory());
    await fill(system);
    const { out, err, status } = await system.run(exportCommand, 'companies');
    expect(out.split('\n')).toHaveLength(ODD.length + 1);
    expect(JSON.parse(out.split('\n')[0]!)).toMatchObject({ companyId: companyIdAt(1), name: 'Acme' });
    expect({ status, err }).toEqual({ status: 0, err: 'Exported 8 companies.\n' });
  });

  it.each([
    [[], 'Say what to export'],
    [['figures'], 'Say what to export'],
    [['companies', 'observations'], 'Say what to export'],
    [['companies', '--format', 'xml'], 'The format xml is unknown. Known are ndjson and csv.'],
    [['companies', '--json'], 'Name an --output FILE'],
  ])('refuses %j before it connects', async (args, reason) => {
    const { status, err, opened } = await runCommand(exportCommand, args);
    expect({ status, opened }).toEqual({ status: 2, opened: false });
    expect(err).toContain(reason);
  });

  it('leaves the file that is there where it fails, and nothing else', async () => {
    const output = join(folder, 'out.ndjson');
    await writeFile(output, 'precious');
    const failing = {
      profiles: {
        exportCompanies: {
          async *execute() {
            yield* [];
            throw new Unavailable('too busy');
          },
        },
      },
    };
    const { status, err, closed } = await runCommand(
      exportCommand,
      ['companies', '--output', output],
      failing as never,
    );
    expect({ status, err, closed }).toEqual({ status: 1, err: 'too busy\n', closed: true });
    expect(await readFile(output, 'utf8')).toBe('precious');
    expect(existsSync(`${output}.part`)).toBe(false);
  });

  it.each(['', 'no/such/folder/x'])('says so where it cannot write to %j in a folder', async (path) => {
    const system = systemOn(await inMemory());
    const { status, err } = await system.run(exportCommand, 'companies', '--output', join(folder, path));
    expect(status).toBe(1);
    expect(err).toContain('The export cannot be written to');
  });
});

describe('a row that names its company by the id', () => {
  it('means no other company that bears a shared identifier of it, and none that was removed', async () => {
    const system = systemOn(await inMemory());
    await fill(system);
    const file = join(folder, 'rows.csv');
    const gone = companyIdAt(ODD.length + 1);
    const rows = [`${companyIdAt(99)},Newcomer,US,GLE`, `${gone},Back,US,`, 'no-uuid,Odd,US,'];
    await writeFile(file, ['companyId,name,countryCode,ticker', ...rows, ''].join('\n'));
    const rejected = join(folder, 'rejected.csv');
    const { out } = await system.run(
      importCommand,
      file,
      '--map',
      'companies',
      '--rejected',
      rejected,
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({ created: 1, updated: 0, renamed: 0, unchanged: 0, rejected: 2 });
    expect(await readFile(rejected, 'utf8')).toMatch(
      /must be a UUID[^]*was removed, and its id is never used again/,
    );
    expect(await system.profiles.findCompany.execute(companyIdAt(99))).toMatchObject({ name: 'Newcomer' });
  });
});
