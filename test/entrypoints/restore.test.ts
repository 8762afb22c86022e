import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { auditCommand } from '../../src/entrypoints/cli/commands/audit.ts';
import { exportCommand } from '../../src/entrypoints/cli/commands/export.ts';
import { importCommand } from '../../src/entrypoints/cli/commands/import.ts';
import { rebuildCommand } from '../../src/entrypoints/cli/commands/rebuild.ts';
import type { CompanyFacts } from '../../src/domain/profiles/company-facts.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import { companyIdAt } from '../support/company-mother.ts';
import { startDynamoDb, type TestDynamoDb } from '../support/dynoxide.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { runCommand } from '../support/run-command.ts';
import { SequentialCompanyIds } from '../support/sequential-company-ids.ts';
import {
  restorableInMemory,
  restorableOnTable,
  type ProfilesBackup,
  type RestorableProfiles,
} from '../support/restorable-profiles.ts';
import { fromNowOn } from '../support/stream-ends.ts';
import { statisticsOnTable } from '../support/system-on-tables.ts';
import { shortOrLong } from '../support/test-length.ts';
import { inMemoryStatisticsBackend, WholeSystem, type StatisticsBackend } from '../support/whole-system.ts';

const PRICE = { metric: 'price', unit: 'USD', source: 'exchange' };
const LEI = { scheme: 'lei', value: 'HWUPKR0MPOU8FGXBT394' };
const [UNCHANGED, RENAMED, REMOVED, REGISTERED, GONE] = [1, 2, 3, 4, 5].map(companyIdAt) as [
  CompanyId,
  CompanyId,
  CompanyId,
  CompanyId,
  CompanyId,
];

/** Where both services are. */
interface Stores {
  readonly profiles: RestorableProfiles;
  readonly statistics: () => Promise<StatisticsBackend>;
}

let database: TestDynamoDb | undefined;
let folder: string;

const IN_MEMORY = async (): Promise<Stores> => ({
  profiles: restorableInMemory(),
  statistics: async () => inMemoryStatisticsBackend(),
});
const ON_TABLES = async (): Promise<Stores> => {
  const engine = (database ??= await startDynamoDb());
  const { profiles } = await engine.createTables();
  return {
    profiles: restorableOnTable(engine, profiles),
    statistics: async () => statisticsOnTable(engine, (await engine.createTables()).statistics),
  };
};
const BACKENDS = [
  ['in memory', IN_MEMORY],
  ['on tables', ON_TABLES],
] as const;

/** How every part of the runbook begins. */
const BACK = 'goes back to a backup';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'restore-'));
});

afterAll(async () => {
  await database?.stop();
  await rm(folder, { recursive: true });
});

describe.each(BACKENDS.slice(0, shortOrLong(1, 2)))('as docs/restore.md says, %s,', (_where, storesOf) => {
  // What a step leaves, the next one finds.
  describe(`the profiles table ${BACK}`, () => {
    const done: string[] = [];
    const clock = new ManualClock();
    const companyIds = new SequentialCompanyIds();
    let statistics: StatisticsBackend;
    let backup: ProfilesBackup;
    let before: WholeSystem;
    let after: WholeSystem;
    let exported: string;

    /** What was under way when the table was restored, or was set aside before, may come at any time. */
    const tellOldNews = async (): Promise<void> => {
      for (const { topic, message } of before.published) await after.publish(topic, message);
      await after.settle();
    };

    beforeAll(async () => {
      const stores = await storesOf();
      const { profiles } = stores;
      statistics = await stores.statistics();
      before = new WholeSystem(statistics, { profiles, clock, companyIds });
      await before.registry.statistics.defineMetric.execute({ metric: 'price', ranked: true });
      for (const name of ['Unchanged', 'To be renamed', 'To be removed']) await register(before, { name });
      await before.settle();
      for (const companyId of [UNCHANGED, RENAMED, REMOVED]) await observe(before, companyId, '2025-01', '1');

      backup = await profiles.backup();

      await rename(before, RENAMED, 1, 'Renamed since');
      await rename(before, RENAMED, 2, 'Renamed twice since');
      await remove(before, REMOVED);
      await register(before, { name: 'Registered since', identifiers: [LEI] });
      await register(before, { name: 'Registered and removed since' });
      await remove(before, GONE);
      await upload(before, UNCHANGED);
      await before.settle();
      await observe(before, REGISTERED, '2025-01', '3');
      await backup.tear({
        lacks: { companyId: UNCHANGED, version: 1 },
        has: { companyId: RENAMED, version: 2 },
      });
    });

    beforeEach(() => {
      const { currentTestName = '' } = expect.getState();
      done.push(currentTestName.slice(currentTestName.lastIndexOf(BACK) + BACK.length + 1));
    });

    it('Keep callers out', async () => {
      await before.settle();
      expect(before.undelivered).toBe(0);
      const { documents } = await before.registry.statistics.readSummary.execute(UNCHANGED, { limit: 1 });
      expect(documents.count).toBe(1);
      expect(await names(before)).toEqual(['Registered since', 'Renamed twice since', 'Unchanged']);
    });

    it('Keep what the table says now', async () => {
      const { status, out } = await runCommand(exportCommand, ['companies'], before.registry);
      expect([status, out.trim().split('\n').length]).toEqual([0, 3]);
      exported = out;
    });

    it('Restore the table', async () => {
      const stream = await fromNowOn(statistics.stream());
      after = await backup.restore((profiles) => {
        const rest = { ...statistics, stream: () => stream };
        return new WholeSystem(rest, { profiles, clock, companyIds, epoch: 2 });
      });
      expect(await after.registry.profiles.findCompany.execute(RENAMED)).toMatchObject({ version: 1 });
    });

    it('Raise the epoch', async () => {
      const { out } = await runCommand(auditCommand, ['--json'], after.registry);
      expect(JSON.parse(out)).toMatchObject({
        companies: 3,
        kinds: { 'replica-behind': 3, 'replica-ahead': 0, 'unknown-to-profiles': 1, 'revision-beyond': 1 },
      });
    });

    it('Tell statistics everything anew', async () => {
      after.whilePausing = () => after.settle();
      const { status, out } = await runCommand(rebuildCommand, ['--json'], after.registry);
      after.whilePausing = async () => {};
      expect([status, JSON.parse(out)]).toMatchObject([0, { published: 3, synced: 3, waiting: 0 }]);
    });

    it('Mend the rest', async () => {
      const { status, out } = await runCommand(auditCommand, ['--repair', '--json'], after.registry);
      expect([status, JSON.parse(out)]).toMatchObject([0, { companies: 3, drift: 0 }]);
      await tellOldNews();
      expect(await names(after)).toEqual(['To be removed', 'To be renamed', 'Unchanged']);
      const { documents } = await after.registry.statistics.readSummary.execute(UNCHANGED, { limit: 1 });
      expect(documents.count).toBe(0);
      expect(await after.registry.profiles.readRevisions.get(UNCHANGED, 1)).toMatchObject({
        facts: { name: 'Unchanged' },
        reconstructed: true,
      });
      expect(await ranked(after)).toEqual(['To be removed', 'To be renamed', 'Unchanged']);
    });

    it('Bring back what came after the backup', async () => {
      const line = exported.split('\n').find((one) => one.includes('Registered since'));
      expect(await imported(after, 'companies', line!)).toMatchObject({ created: 1, rejected: 0 });
      await after.settle();
      // It is the same company again, with the figures that statistics never lost.
      expect(await after.registry.statistics.readSummary.execute(REGISTERED, { limit: 5 })).toMatchObject({
        company: { facts: { companyName: 'Registered since' }, position: { epoch: 2, version: 1 } },
        items: [{ figures: { count: 1 } }],
      });
      expect(await ranked(after)).toHaveLength(4);
    });

    it('Let callers in again', async () => {
      await rename(after, RENAMED, 1, 'Renamed after the restore');
      await tellOldNews();
      expect(await names(after)).toEqual([
        'Registered since',
        'Renamed after the restore',
        'To be removed',
        'Unchanged',
      ]);
      expect(await after.registry.profiles.readRevisions.get(RENAMED, 2)).toMatchObject({
        facts: { name: 'Renamed after the restore' },
      });
      const { status, out } = await runCommand(auditCommand, ['--json'], after.registry);
      expect([status, JSON.parse(out)]).toMatchObject([0, { companies: 4, drift: 0 }]);
      expect(done).toEqual(stepsOf('The profiles table'));
    });
  });

  it(`the statistics table ${BACK}`, async () => {
    expect(stepsOf('The statistics table')).toEqual([
      'Keep callers out',
      'Restore the table',
      'Tell statistics everything anew',
      'Send again what was observed since',
      'Mend the rest',
    ]);
    const stores = await storesOf();
    const { profiles } = stores;
    const clock = new ManualClock();
    const before = new WholeSystem(await stores.statistics(), { profiles, clock });
    for (const name of ['Unchanged', 'To be renamed', 'To be removed']) await register(before, { name });
    await before.settle();
    const then = [...before.published];
    await rename(before, RENAMED, 1, 'Renamed since');
    await remove(before, REMOVED);
    await register(before, { name: 'Registered since' });
    await before.settle();
    await observe(before, UNCHANGED, '2025-01', '1');
    await observe(before, UNCHANGED, '2025-02', '2');
    const { out: observations } = await runCommand(exportCommand, ['observations'], before.registry);

    // What a backup has: what was followed until then. Its stream had still told nothing of that.
    const older = await stores.statistics();
    const past = new WholeSystem(older, { clock });
    await past.registry.statistics.defineMetric.execute({ metric: 'price', ranked: true });
    for (const { topic, message } of then) await past.publish(topic, message);
    await past.drain('company-events');
    await past.registry.statistics.recordObservations.execute(UNCHANGED, [
      { ...PRICE, observedAt: '2025-01', value: '1' },
    ]);
    const stream = await fromNowOn(older.stream());
    const after = new WholeSystem({ ...older, stream: () => stream }, { profiles, clock });

    after.whilePausing = () => after.settle();
    expect((await runCommand(rebuildCommand, [], after.registry)).status).toBe(0);
    after.whilePausing = async () => {};
    expect(await imported(after, 'observations', observations)).toMatchObject({ rejected: 0 });
    await after.settle();
    const { status, out } = await runCommand(auditCommand, ['--repair', '--json'], after.registry);
    expect([status, JSON.parse(out)]).toMatchObject([
      0,
      { companies: 3, tombstones: 1, observations: 2, drift: 0 },
    ]);
    expect(await names(after)).toEqual(['Registered since', 'Renamed since', 'Unchanged']);
    expect(await ranked(after)).toEqual(['Unchanged']);
  });
});

/** The steps of a part of the runbook, in their order. */
function stepsOf(part: string): string[] {
  const [, text = ''] = readFileSync('docs/restore.md', 'utf8').split(`\n## ${part}\n`);
  return [...text.split('\n## ')[0]!.matchAll(/^### \d+\. (.+)$/gm)].map(([, title]) => title!);
}

async function imported({ registry }: WholeSystem, map: string, lines: string): Promise<object> {
  const file = join(folder, `${map}.ndjson`);
  await writeFile(file, lines);
  const args = [file, '--map', map, '--rejected', `${file}.csv`, '--json'];
  return JSON.parse((await runCommand(importCommand, args, registry)).out) as object;
}

/** A document whose object is known to the store alone once the profiles have gone back. */
async function upload({ objects, documents, clock }: WholeSystem, companyId: CompanyId): Promise<void> {
  const objectKey = `documents/${companyId}/report.pdf`;
  objects.put(objectKey);
  const following = await documents.followObject.execute({ objectKey, notifiedAt: clock.now() });
  expect(following).toEqual({ outcome: 'stored' });
}

async function remove({ registry, clock }: WholeSystem, companyId: CompanyId): Promise<void> {
  clock.advance(60_000);
  await registry.profiles.removeCompany.execute(companyId, 1, { requestId: 'r' });
}

/** The names in the ranking of prices. */
async function ranked({ registry }: WholeSystem): Promise<string[]> {
  const ranking = { series: PRICE, order: 'desc' } as const;
  const { items } = await registry.statistics.rankCompanies.execute(ranking, { limit: 9 });
  return items.map(({ companyName }) => companyName ?? 'nameless').sort();
}

async function register({ registry, clock }: WholeSystem, facts: Partial<CompanyFacts>): Promise<void> {
  clock.advance(60_000);
  await registry.profiles.registerCompany.execute(
    { status: 'active', countryCode: 'US', identifiers: [], tags: [], ...facts } as CompanyFacts,
    { requestId: 'r' },
  );
}

async function rename(
  { registry, clock }: WholeSystem,
  companyId: CompanyId,
  version: number,
  name: string,
): Promise<void> {
  clock.advance(60_000);
  await registry.profiles.renameCompany.execute(companyId, version, name, { requestId: 'r' });
}

async function observe(
  system: WholeSystem,
  companyId: CompanyId,
  observedAt: string,
  value: string,
): Promise<void> {
  await system.registry.statistics.recordObservations.execute(companyId, [{ ...PRICE, observedAt, value }]);
  await system.settle();
}

/** The names of the companies that statistics shows. */
async function names({ registry }: WholeSystem): Promise<string[]> {
  const shown: string[] = [];
  for (const companyId of [UNCHANGED, RENAMED, REMOVED, REGISTERED, GONE]) {
    try {
      const { company } = await registry.statistics.readSummary.execute(companyId, { limit: 1 });
      shown.push(company?.facts.companyName ?? `nameless ${companyId}`);
    } catch (error) {
      if ((error as Error).name !== 'CompanyNotTracked') throw error;
    }
  }
  return shown.sort();
}
