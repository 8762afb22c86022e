import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { redriveCommand } from '../../src/entrypoints/cli/commands/redrive.ts';
import { setAsideCommand } from '../../src/entrypoints/cli/commands/set-aside.ts';
import type { SetAsideEvent, Topic } from '../../src/domain/statistics/set-aside-event.ts';
import { companyIdOf } from '../../src/domain/shared/company-id.ts';
import { companyIdAt } from '../support/company-mother.ts';
import { runCommand } from '../support/run-command.ts';
import { WholeSystem } from '../support/whole-system.ts';

type Event = Readonly<Record<string, unknown>> & {
  readonly subject: string;
  readonly data: Readonly<Record<string, object>>;
};

/** Events of the first released version, by type. */
const EVENTS = new Map(
  (
    JSON.parse(readFileSync('test/released/v1/messages.json', 'utf8')) as { topic: Topic; message: string }[]
  ).flatMap(({ topic, message }) => {
    const event = topic === 'company-events' ? (JSON.parse(message) as Event & { type: string }) : undefined;
    return event ? [[event.type, event] as const] : [];
  }),
);
const renamed = EVENTS.get('company.renamed.v1')!;
const registered = EVENTS.get('company.registered.v1')!;
const added = EVENTS.get('company.document-added.v1')!;

const LATER = [
  ['a type that nobody knows', { ...renamed, type: 'company.merged.v1' }, 'company.merged.v1'],
  ['a higher version of a type', { ...renamed, type: 'company.renamed.v2' }, 'company.renamed.v2'],
  ['a higher version of another', { ...added, type: 'company.document-added.v2' }, 'document-added.v2'],
] as const;

describe('what a later version publishes', () => {
  it.each(LATER)('is set aside with the reason and kept for a redrive: %s', async (_title, event, reason) => {
    const system = new WholeSystem();
    await system.publish('company-events', JSON.stringify(event));
    await system.publish('company-events', JSON.stringify(registered));
    await system.settle();
    expect(system.undelivered).toBe(0);
    // What comes with it and behind it is followed.
    expect(
      await system.registry.statistics.readSummary.execute(companyIdOf(registered.subject), { limit: 1 }),
    ).toMatchObject({
      company: { position: { version: 1 } },
    });
    const [aside] = await setAside(system);
    expect(aside?.reason).toContain(reason);

    const redriven = await runCommand(redriveCommand, ['--json'], system.registry);
    expect(JSON.parse(redriven.out)).toMatchObject({ redriven: 0, failed: 1 });
    const listed = await runCommand(setAsideCommand, ['--json'], system.registry);
    expect(JSON.parse(listed.out)).toMatchObject({ count: 1 });
    const { payload } = await system.registry.statistics.getSetAside.execute(aside!.id);
    expect(JSON.parse(payload)).toEqual(event);
  });

  it.each([...EVENTS.values()])('is followed where it has only become more: $type', async (event) => {
    const system = new WholeSystem();
    const more = { ofALaterVersion: [1] };
    const { company, ...data } = event.data;
    const told = {
      ...event,
      ...more,
      data: { ...data, ...more, ...(company && { company: { ...company, ...more } }) },
    };
    await system.publish('company-events', JSON.stringify(told));
    await system.settle();
    expect([system.undelivered, await setAside(system)]).toEqual([0, []]);
  });

  it('is set aside where an observation says more than is understood', async () => {
    const system = new WholeSystem();
    const observation = {
      metric: 'price',
      unit: 'USD',
      observedAt: '2025',
      value: '1',
      source: 'a',
      accuracy: 2,
    };
    const message = { companyId: companyIdAt(1), observations: [observation], ofALaterVersion: true };
    await system.publish('company-observations', JSON.stringify(message));
    await system.settle();
    expect(await setAside(system)).toMatchObject([
      { reason: expect.stringContaining('observations.0.accuracy') },
    ]);
  });
});

async function setAside({ registry, clock }: WholeSystem): Promise<SetAsideEvent[]> {
  const events: SetAsideEvent[] = [];
  for await (const event of registry.statistics.listSetAside.execute(clock.now()).events) events.push(event);
  return events;
}
