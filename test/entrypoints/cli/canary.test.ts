import { beforeEach, describe, expect, it } from '@jest/globals';
import { UuidCompanyIds } from '../../../src/adapters/system/uuid-company-ids.ts';
import { canaryCommand } from '../../../src/entrypoints/cli/commands/canary.ts';
import {
  profilesInvocations,
  statisticsInvocations,
} from '../../../src/entrypoints/composition/invocations.ts';
import { runCommand, type CommandResult } from '../../support/run-command.ts';
import { WholeSystem } from '../../support/whole-system.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const DAY_MS = 24 * 60 * 60 * 1000;

let system: WholeSystem;
/** Whether anything moves between the services while the canary waits. */
let isRunning: boolean;
let asked: { readonly operation: string; readonly requestId?: string }[];
let closed: number;
/** Once. */
let beforeItsRename: () => Promise<unknown>;

beforeEach(() => {
  system = new WholeSystem(undefined, { companyIds: new UuidCompanyIds() });
  isRunning = true;
  asked = [];
  closed = 0;
  beforeItsRename = async () => {};
});

async function run(...args: string[]): Promise<CommandResult> {
  const { clock, registry } = system;
  const handlers: Record<string, (event: never) => Promise<unknown>> = {
    profiles: profilesInvocations(registry.profiles, 'secret', silent),
    statistics: statisticsInvocations(registry.statistics, 'secret', silent),
  };
  const command = canaryCommand(
    async (service) => ({
      invoke: async (event) => {
        asked.push(event as (typeof asked)[number]);
        if (asked.at(-1)!.operation === 'rename') {
          const others = beforeItsRename;
          beforeItsRename = async () => {};
          await others();
        }
        return handlers[service]!(event as never);
      },
      close: async () => void closed++,
    }),
    {
      nowMs: () => Date.parse(clock.now()),
      pause: async (ms) => {
        clock.advance(ms);
        if (isRunning) await system.settle();
      },
    },
  );
  return runCommand(command, args);
}

const reportOf = ({ out }: CommandResult): Record<string, unknown> =>
  JSON.parse(out) as Record<string, unknown>;

describe('the canary', () => {
  it('is registered once, renamed so many times, and measured until statistics shows each name', async () => {
    const first = await run('--renames', '3', '--json');
    expect(first).toMatchObject({ status: 0, err: '' });
    const report = reportOf(first);
    const spread = { p50Ms: 20, p95Ms: 20, maxMs: 20 };
    expect(report).toEqual({
      companyId: expect.any(String),
      renames: 3,
      shown: spread,
      lag: spread,
    });
    // The answer to its registration is forgotten by then.
    system.clock.advance(8 * DAY_MS);
    const again = reportOf(await run('--renames', '1', '--json'));
    expect(again).toMatchObject({ companyId: report['companyId'], renames: 1 });
    const { statistics } = system.registry;
    expect(await statistics.readSummary.execute(report['companyId'] as never, { limit: 1 })).toMatchObject({
      company: { position: { version: 5 }, facts: { companyName: 'Canary 5' } },
    });
    expect(closed).toBe(4);
  });

  it('tells a person how long they took', async () => {
    const { status, out } = await run('--renames', '2');
    expect(status).toBe(0);
    expect(out).toMatch(/^2 renames of the canary \S+ arrived: shown 20 ms \(median; 95 % within 20 ms/);
  });

  it('that does not arrive in time fails, and says by which request it is found', async () => {
    await run('--renames', '1');
    isRunning = false;
    const late = await run('--timeout', '2', '--json');
    expect(late.status).toBe(1);
    const { requestId } = asked.findLast(({ operation }) => operation === 'rename')!;
    expect(reportOf(late)).toMatchObject({ renames: 0, late: { version: 3, requestId, replicaVersion: 2 } });
    expect(late.err).toContain('did not show version 3');
    expect(late.err).toContain('within 2 s: it has version 2.');
    expect(late.err).toContain(requestId);
    expect(closed).toBe(4);
  });

  it('goes on where somebody else has changed it in the meantime', async () => {
    const { companyId } = reportOf(await run('--renames', '1', '--json')) as { companyId: never };
    const { renameCompany } = system.registry.profiles;
    beforeItsRename = () => renameCompany.execute(companyId, 2, 'Somebody else', { requestId: 'r' });
    expect(reportOf(await run('--renames', '1', '--json'))).toMatchObject({ renames: 1 });
  });

  it('that was removed says so', async () => {
    const { companyId } = reportOf(await run('--renames', '1', '--json')) as { companyId: never };
    await system.registry.profiles.removeCompany.execute(companyId, 2, { requestId: 'r' });
    const { status, err } = await run();
    expect(status).toBe(1);
    expect(err).toMatch(/^The canary could not be found: .* Give another one with --key\.\n$/);
  });

  it.each([
    [['--renames', '0'], '--renames "0" is no whole number from 1 to 1000'],
    [['--timeout', 'soon'], '--timeout "soon" is no whole number from 1 to 600'],
    [['--key', ''], '--key needs a key'],
  ])('refuses %j before it connects', async (args, reason) => {
    const { status, err } = await run(...args);
    expect(status).toBe(2);
    expect(err).toContain(reason);
    expect(asked).toEqual([]);
  });
});
