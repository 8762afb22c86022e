import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { InMemoryStatistics } from '../../../src/adapters/in-memory/statistics/in-memory-statistics.ts';
import { pendingCommand } from '../../../src/entrypoints/cli/commands/pending.ts';
import { sendObservationsCommand } from '../../../src/entrypoints/cli/commands/send-observations.ts';
import { statisticsContainer } from '../../../src/entrypoints/composition/compose.ts';
import { statisticsInMemory } from '../../../src/entrypoints/composition/in-memory-adapters.ts';
import { statisticsService } from '../../../src/entrypoints/composition/statistics-use-cases.ts';
import { runCommand } from '../../support/run-command.ts';

const price = { metric: 'price', unit: 'USD', observedAt: '2024', value: '5', source: 'feed' };
const messageOf = (value: string, ...observations: object[]): string =>
  JSON.stringify({ identifier: { scheme: 'ticker', value }, observations });

describe('registry pending', () => {
  const statistics = statisticsService(statisticsContainer(statisticsInMemory(new InMemoryStatistics())));
  const run = (...args: string[]) => runCommand(pendingCommand, args, { statistics });

  it('says that nothing waits', async () => {
    expect(await run()).toMatchObject({
      status: 0,
      out: 'No observation waits for a company.\n',
      closed: true,
    });
    expect(JSON.parse((await run('--json')).out)).toEqual({ observations: 0, identifiers: [] });
  });

  it('lists the identifiers that something waits for, the longest wait first', async () => {
    const send = (payload: string) =>
      statistics.receiveObservations.execute({ messageId: 'm', sentAt: '2026-01-01T00:00:00.000Z', payload });
    await send(messageOf('FIRST', price, { ...price, observedAt: '2025' }));
    await send(messageOf('SECOND', price));
    const { status, out } = await run();
    expect(status).toBe(0);
    expect(out).toMatch(
      /^ticker FIRST +2 observations since \S+Z\nticker SECOND +1 observation since \S+Z\n$/,
    );
    expect(JSON.parse((await run('--json')).out)).toMatchObject({
      observations: 3,
      identifiers: [
        { scheme: 'ticker', value: 'FIRST', observations: 2 },
        { scheme: 'ticker', value: 'SECOND', observations: 1 },
      ],
    });
  });
});

describe('registry send-observations', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'observations-'));
  });

  async function run(text: string, ...args: string[]) {
    const file = join(folder, 'messages');
    await writeFile(file, text);
    const sent: string[] = [];
    const registry = {
      sendObservations: Object.assign(async (message: string) => void sent.push(message), {}),
    };
    return { ...(await runCommand(sendObservationsCommand, [file, ...args], registry)), sent };
  }

  it('sends one message, or one of each line, as they are', async () => {
    const pretty = JSON.stringify(JSON.parse(messageOf('A', price)), null, 2);
    expect(await run(pretty)).toMatchObject({ status: 0, out: '1 message sent.\n', sent: [pretty] });
    const lines = [messageOf('A', price), messageOf('B', price)];
    const { status, out, sent } = await run(`${lines.join('\r\n')}\n\n`, '--json');
    expect({ status, out, sent }).toEqual({ status: 0, out: '{"sent":2}\n', sent: lines });
  });

  it.each([
    ['{"a":1}\nnonsense\n', /its line 2 is none either/],
    ['\n', /is empty/],
  ])('sends nothing of a file that is no JSON: %j', async (text, told) => {
    const { status, err, sent, opened } = await run(text);
    expect({ status, sent, opened }).toEqual({ status: 2, sent: [], opened: false });
    expect(err).toMatch(told);
  });

  it('needs one file that can be read', async () => {
    expect(await runCommand(sendObservationsCommand, [])).toMatchObject({ status: 2, opened: false });
    const missing = await runCommand(sendObservationsCommand, [join(folder, 'missing')]);
    expect(missing).toMatchObject({ status: 2, opened: false });
    expect(missing.err).toMatch(/cannot be read/);
  });
});
