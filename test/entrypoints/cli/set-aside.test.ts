import { beforeEach, describe, expect, it } from '@jest/globals';
import { companyEventMessage } from '../../../src/adapters/messaging/company-event-message.ts';
import { readCompanyEvent } from '../../../src/adapters/sns/statistics/read-company-event.ts';
import { FollowObject } from '../../../src/application/profiles/documents/follow-object.ts';
import { GetSetAsideObject } from '../../../src/application/profiles/documents/get-set-aside-object.ts';
import { ListSetAsideObjects } from '../../../src/application/profiles/documents/list-set-aside-objects.ts';
import { RedriveSetAsideObjects } from '../../../src/application/profiles/documents/redrive-set-aside-objects.ts';
import { FollowCompany } from '../../../src/application/statistics/follow-company.ts';
import { GetSetAside } from '../../../src/application/statistics/get-set-aside.ts';
import { ListSetAside } from '../../../src/application/statistics/list-set-aside.ts';
import { ReceiveCompanyEvent } from '../../../src/application/statistics/receive-company-event.ts';
import { RedriveSetAside } from '../../../src/application/statistics/redrive-set-aside.ts';
import { snapshotOf } from '../../../src/domain/profiles/company-event.ts';
import { redriveCommand } from '../../../src/entrypoints/cli/commands/redrive.ts';
import { setAsideCommand } from '../../../src/entrypoints/cli/commands/set-aside.ts';
import type { DocumentsService } from '../../../src/entrypoints/composition/documents.ts';
import type { Command } from '../../../src/entrypoints/cli/command.ts';
import { InMemoryCountedDocuments } from '../../../src/adapters/in-memory/statistics/in-memory-counted-documents.ts';
import { CountDocument } from '../../../src/application/statistics/count-document.ts';
import { aCompany, companyIdAt } from '../../support/company-mother.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ObjectStoreInMemory } from '../../support/object-store-in-memory.ts';
import { profilesInMemory } from '../../support/profiles-fixture.ts';
import { runCommand } from '../../support/run-command.ts';
import { SequentialDocumentIds } from '../../support/sequential-document-ids.ts';
import { statisticsInMemory } from '../../support/statistics-fixture.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';

const NO_JSON = { messageId: 'no-json', sentAt: '2026-03-01T10:00:00.000Z', payload: 'no\u001b[2J JSON' };
const FORK = {
  messageId: 'fork',
  sentAt: '2026-03-02T10:00:00.000Z',
  payload: JSON.stringify(companyEventMessage(snapshotOf(aCompany({ name: 'Another' })), 1)),
};
const NO_JSON_ID = '2026-03-01/10:00:00.000Z/no-json';
const FORK_ID = '2026-03-02/10:00:00.000Z/fork';

/** Statistics that knows a company by another name than a message says, and has taken a message that is no JSON. */
let statistics: ReturnType<typeof statisticsWithTwoSetAside>;
let objects: ReturnType<typeof profilesWithObjects>;

beforeEach(async () => {
  statistics = statisticsWithTwoSetAside();
  objects = profilesWithObjects(statistics.clock);
  await statistics.tracked.overwrite(aTrackedCompany(1));
  await statistics.receive.execute(NO_JSON);
  await statistics.receive.execute(FORK);
});

describe('registry set-aside', () => {
  it('lists what is set aside and why, oldest first', async () => {
    const { status, out, closed } = await run(setAsideCommand);
    expect([status, closed]).toEqual([0, true]);
    expect(out).toBe(
      [
        '2 messages set aside, sent since 2025-12-10:',
        '',
        NO_JSON_ID,
        '  company-events, seen 2026-03-10T12:00:00.000Z',
        '  the message is not JSON',
        '',
        FORK_ID,
        '  company-events, seen 2026-03-10T12:00:00.000Z',
        `  fork: company ${companyIdAt(1)} is known with other content at epoch 1, version 1, or was removed before`,
        '',
        'Look at one:     npm run registry -- set-aside --id ID',
        'Try them again:  npm run registry -- redrive',
        '',
      ].join('\n'),
    );
  });

  it('lists from a day on', async () => {
    const { out } = await run(setAsideCommand, '--since', '2026-03-02', '--json');
    expect(JSON.parse(out)).toMatchObject({
      since: '2026-03-02T00:00:00.000Z',
      count: 1,
      events: [{ id: FORK_ID }],
    });
    expect((await run(setAsideCommand, '--since', '2026-03-03')).out).toBe(
      'Nothing that was sent since 2026-03-03 is set aside.\n',
    );
  });

  it('shows when something came again', async () => {
    statistics.clock.advance(60_000);
    await statistics.receive.execute(NO_JSON);
    expect((await run(setAsideCommand)).out).toContain(
      'first seen 2026-03-10T12:00:00.000Z, last seen 2026-03-10T12:01:00.000Z',
    );
  });

  it('shows one with its payload', async () => {
    const { out } = await run(setAsideCommand, '--id', FORK_ID);
    expect(out).toContain(`${FORK_ID}\n  company-events, seen 2026-03-10T12:00:00.000Z\n  fork: `);
    expect(out).toContain('\n    "company": {\n      "name": "Another",\n');
    const { out: json } = await run(setAsideCommand, '--id', NO_JSON_ID, '--json');
    expect(JSON.parse(json)).toEqual({
      id: NO_JSON_ID,
      topic: 'company-events',
      firstSeenAt: '2026-03-10T12:00:00.000Z',
      lastSeenAt: '2026-03-10T12:00:00.000Z',
      reason: 'the message is not JSON',
      payload: NO_JSON.payload,
    });
  });

  it('does not let a payload steer the terminal', async () => {
    expect((await run(setAsideCommand, '--id', NO_JSON_ID)).out).toContain('\nno\\u001b[2J JSON\n');
  });
});

describe('registry redrive', () => {
  it('has what fails again stay, and says why', async () => {
    const { status, out, closed } = await run(redriveCommand);
    expect([status, closed]).toEqual([1, true]);
    expect(out).toContain('0 messages redriven, 2 failed again and stay set aside:\n');
    expect(out).toContain(`\n${NO_JSON_ID}\n  the message is not JSON\n`);
    expect(await idsSetAside()).toEqual([NO_JSON_ID, FORK_ID]);
  });

  it('has what succeeds now leave', async () => {
    await statistics.tracked.forget(aTrackedCompany(1));
    const { status, out } = await run(redriveCommand, '--json');
    expect(status).toBe(1);
    expect(JSON.parse(out)).toEqual({
      redriven: 1,
      failed: 1,
      failures: [{ id: NO_JSON_ID, reason: 'the message is not JSON' }],
    });
    expect(await statistics.tracked.find(companyIdAt(1), 'strong')).toMatchObject({
      facts: { companyName: 'Another' },
    });
    expect(await idsSetAside()).toEqual([NO_JSON_ID]);
  });

  it('redrives one, or those from a day on', async () => {
    await statistics.tracked.forget(aTrackedCompany(1));
    expect(await run(redriveCommand, '--since', '2026-03-03')).toMatchObject({
      status: 0,
      out: 'Nothing is set aside.\n',
    });
    expect(await run(redriveCommand, '--id', FORK_ID)).toMatchObject({
      status: 0,
      out: '1 message redriven.\n',
    });
    expect(await idsSetAside()).toEqual([NO_JSON_ID]);
  });
});

describe('objects that belong to no company', () => {
  const at = (objectKey: string) => ({ objectKey, notifiedAt: '2026-03-05T10:00:00.000Z' });
  const [mine, nobodys] = [`documents/${companyIdAt(1)}/a.pdf`, 'elsewhere/\u001b[2J'];
  const ids = async (): Promise<string[]> => {
    const { out } = await run(setAsideCommand, '--since', '2026-03-03', '--json');
    return (JSON.parse(out) as { objects: { id: string }[] }).objects.map(({ id }) => id);
  };

  beforeEach(async () => {
    objects.store.put(mine);
    for (const objectKey of [mine, nobodys]) await objects.followObject.execute(at(objectKey));
  });

  it('are listed after the messages, and shown one by one', async () => {
    const [first = ''] = await ids();
    const { out } = await run(setAsideCommand);
    const head = `${first}\n  ${mine}, notified 2026-03-05T10:00:00.000Z\n  There is no company ${companyIdAt(1)}.\n`;
    expect(out).toContain(`\n2 objects set aside, sent since 2025-12-10:\n\n${head}`);
    expect(out).toContain('  elsewhere/\\u001b[2J, notified');
    expect((await run(setAsideCommand, '--id', first)).out).toBe(head);
    const { out: json } = await run(setAsideCommand, '--id', first, '--json');
    expect(JSON.parse(json)).toEqual({ id: first, ...at(mine), reason: expect.any(String) as unknown });
    expect((await run(setAsideCommand, '--json')).out).toContain('"count":4,');
  });

  it('leave when they are redriven after the company has come, the others stay', async () => {
    expect(await run(redriveCommand, '--since', '2026-03-03')).toMatchObject({ status: 1 });
    expect(await ids()).toHaveLength(2);
    await objects.companies.add(aCompany(), { requestId: 'request-1' });
    const { status, out } = await run(redriveCommand, '--since', '2026-03-03', '--json');
    const [left = ''] = await ids();
    const reason = 'The key is not documents/<companyId>/<name of the document>.';
    expect([status, JSON.parse(out)]).toEqual([
      1,
      { redriven: 1, failed: 1, failures: [{ id: left, reason }] },
    ]);
    expect((await objects.fixture.documents.list(companyIdAt(1), { limit: 9 })).items).toHaveLength(1);
  });

  it('leave when they are there no more', async () => {
    objects.store.objects.clear();
    const [first = ''] = await ids();
    expect(await run(redriveCommand, '--id', first)).toMatchObject({
      status: 0,
      out: '1 object redriven.\n',
    });
    expect(await ids()).toHaveLength(1);
  });

  it.each([setAsideCommand, redriveCommand])('are not found by another id by $name', async (command) => {
    expect(await run(command, '--id', 'object/nothing')).toMatchObject({
      status: 1,
      err: 'No object with the id nothing is set aside.\n',
    });
  });
});

describe.each([setAsideCommand, redriveCommand])('the arguments of registry $name', (command) => {
  it.each([
    [['--since', 'yesterday'], '--since "yesterday" is no date such as 2026-01-31.'],
    [['--since', '2026-02-30'], '--since "2026-02-30" is no date such as 2026-01-31.'],
    [['--since', '2026-02-01', '--id', FORK_ID], 'Give --id or --since, not both.'],
    [['--id'], "Option '--id <value>' argument missing"],
    [['--sinse', '2026-02-01'], "Unknown option '--sinse'"],
  ])('%j are refused before it connects', async (args, message) => {
    const { status, out, err, opened } = await run(command, ...args);
    expect({ status, out, opened }).toEqual({ status: 2, out: '', opened: false });
    expect(err).toContain(message);
  });

  it('say clearly that there is no such event', async () => {
    const { status, err, closed } = await run(command, '--id', 'nothing');
    expect({ status, err, closed }).toEqual({
      status: 1,
      err: 'No event with the id nothing is set aside.\n',
      closed: true,
    });
  });
});

function statisticsWithTwoSetAside() {
  const { tracked, setAside } = statisticsInMemory();
  const clock = new ManualClock('2026-03-10T12:00:00.000Z');
  const receive = new ReceiveCompanyEvent(
    new FollowCompany(tracked, clock),
    new CountDocument(new InMemoryCountedDocuments(), clock, async () => {}),
    setAside,
    readCompanyEvent,
    clock,
  );
  return {
    tracked,
    clock,
    receive,
    listSetAside: new ListSetAside(setAside, clock),
    getSetAside: new GetSetAside(setAside),
    redriveSetAside: new RedriveSetAside(setAside, {
      'company-events': receive,
      'company-observations': receive,
    }),
  };
}

function profilesWithObjects(clock: ManualClock) {
  const fixture = profilesInMemory();
  const store = new ObjectStoreInMemory();
  const { documents, companies, setAsideObjects } = fixture;
  const ids = new SequentialDocumentIds();
  const followObject = new FollowObject(documents, store, companies, setAsideObjects, ids, clock);
  const redriveSetAsideObjects = new RedriveSetAsideObjects(setAsideObjects, followObject);
  return {
    ...{ fixture, store, companies, followObject },
    profiles: {
      listSetAsideObjects: new ListSetAsideObjects(setAsideObjects, clock),
      getSetAsideObject: new GetSetAsideObject(setAsideObjects),
    },
    documents: async () => ({ redriveSetAsideObjects }) as unknown as DocumentsService,
  };
}

async function run(command: Command, ...args: readonly string[]) {
  return runCommand(command, args, { statistics, ...objects });
}

async function idsSetAside(): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of statistics.listSetAside.execute().events) ids.push(id);
  return ids;
}
