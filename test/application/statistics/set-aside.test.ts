import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemorySetAsideEvents } from '../../../src/adapters/in-memory/statistics/in-memory-set-aside-events.ts';
import { InMemoryTrackedCompanies } from '../../../src/adapters/in-memory/statistics/in-memory-tracked-companies.ts';
import { FollowCompany } from '../../../src/application/statistics/follow-company.ts';
import { GetSetAside } from '../../../src/application/statistics/get-set-aside.ts';
import { ListSetAside } from '../../../src/application/statistics/list-set-aside.ts';
import { ReceiveCompanyEvent } from '../../../src/application/statistics/receive-company-event.ts';
import type { ReceivedMessage } from '../../../src/application/statistics/receiver.ts';
import { RedriveSetAside, type Redriven } from '../../../src/application/statistics/redrive-set-aside.ts';
import { SetAsideEventNotFound } from '../../../src/domain/statistics/errors.ts';
import type { SetAsideEvent } from '../../../src/domain/statistics/set-aside-event.ts';
import { Unintelligible } from '../../../src/application/statistics/ports/unintelligible.ts';
import type { ProfileChange } from '../../../src/domain/statistics/tracked-company.ts';
import { InMemoryCountedDocuments } from '../../../src/adapters/in-memory/statistics/in-memory-counted-documents.ts';
import { CountDocument } from '../../../src/application/statistics/count-document.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { aProfileChange } from '../../support/tracked-company-mother.ts';

const SENT_AT = '2026-01-31T12:00:00.000Z';
const SEEN_AT = '2026-01-31T12:00:01.000Z';

const messageOf = (payload: string, messageId = 'message-1'): ReceivedMessage => ({
  messageId,
  sentAt: SENT_AT,
  payload,
});
const telling = (change: ProfileChange, messageId?: string): ReceivedMessage =>
  messageOf(JSON.stringify(change), messageId);

describe('messages of the profiles service', () => {
  let clock: ManualClock;
  let tracked: InMemoryTrackedCompanies;
  let setAside: InMemorySetAsideEvents;
  let receive: ReceiveCompanyEvent;
  let list: ListSetAside;
  /** What a reader of messages makes of one; another edition of it may understand more. */
  let read: (payload: string) => ProfileChange;

  beforeEach(() => {
    clock = new ManualClock(SEEN_AT);
    tracked = new InMemoryTrackedCompanies();
    setAside = new InMemorySetAsideEvents();
    read = (payload) => {
      if (!payload.startsWith('{')) throw new Unintelligible('is no JSON object');
      return JSON.parse(payload) as ProfileChange;
    };
    const followCompany = new FollowCompany(tracked, clock);
    const countDocument = new CountDocument(new InMemoryCountedDocuments(), clock, async () => {});
    receive = new ReceiveCompanyEvent(
      followCompany,
      countDocument,
      setAside,
      (payload) => ({ of: 'company', ...read(payload) }),
      clock,
    );
    list = new ListSetAside(setAside, clock);
  });

  async function waiting(): Promise<SetAsideEvent[]> {
    const events: SetAsideEvent[] = [];
    for await (const event of list.execute().events) events.push(event);
    return events;
  }

  async function redriven(): Promise<Redriven[]> {
    const all: Redriven[] = [];
    await new RedriveSetAside(setAside, {
      'company-events': receive,
      'company-observations': receive,
    }).execute(list.execute().events, (each) => all.push(each));
    return all;
  }

  it('are followed, once, and then done with', async () => {
    expect(await receive.execute(telling(aProfileChange(2)))).toMatchObject({ outcome: 'followed' });
    expect(await receive.execute(telling(aProfileChange(2)))).toMatchObject({ outcome: 'duplicate' });
    expect(await receive.execute(telling(aProfileChange(1)))).toMatchObject({ outcome: 'stale' });
    expect(await waiting()).toEqual([]);
  });

  it('that nobody understands are set aside, with the reason', async () => {
    const reception = await receive.execute(messageOf('nonsense'));
    expect(reception).toEqual({ outcome: 'unintelligible', reason: 'is no JSON object' });
    expect(await waiting()).toEqual([
      expect.objectContaining({
        payload: 'nonsense',
        reason: 'is no JSON object',
        firstSeenAt: SEEN_AT,
        lastSeenAt: SEEN_AT,
      }),
    ]);
  });

  it('that contradict what is known are set aside, and change nothing', async () => {
    await receive.execute(telling(aProfileChange(2)));
    const fork = aProfileChange(2, { companyName: 'Fork' });
    expect(await receive.execute(telling(fork))).toMatchObject({ outcome: 'fork', change: fork });
    expect((await waiting())[0]!.reason).toMatch(
      /^fork: company 0+-0000-7000-8000-0+1 .* epoch 1, version 2/,
    );
    expect(await tracked.find(companyIdAt(1), 'strong')).toMatchObject(aProfileChange(2));
  });

  it('that may succeed later are not set aside', async () => {
    const broken = new TypeError('A fault of the reader, which a new edition mends.');
    read = () => {
      throw broken;
    };
    await expect(receive.execute(messageOf('{}'))).rejects.toBe(broken);
    expect(await waiting()).toEqual([]);
  });

  it('set aside are tried again: what succeeds leaves, what does not stays as it was', async () => {
    await receive.execute(messageOf('nonsense', 'message-1'));
    await receive.execute(messageOf('v2:{}', 'message-2'));
    const [first] = await waiting();
    read = (payload) => {
      if (payload !== 'v2:{}') throw new Unintelligible('is still no JSON object');
      return aProfileChange(7);
    };
    clock.advance(60_000);
    expect((await redriven()).map(({ reception }) => reception.outcome)).toEqual([
      'unintelligible',
      'followed',
    ]);
    expect(await waiting()).toEqual([first]);
    expect(await tracked.find(companyIdAt(1), 'strong')).toMatchObject(aProfileChange(7));
  });

  it('set aside leave when what they say is known by now', async () => {
    await setAside.keep({
      ...telling(aProfileChange(1)),
      topic: 'company-events',
      reason: 'mended since',
      seenAt: SEEN_AT,
    });
    await receive.execute(telling(aProfileChange(3)));
    expect((await redriven()).map(({ reception }) => reception.outcome)).toEqual(['stale']);
    expect(await waiting()).toEqual([]);
  });

  it('set aside are read one by one', async () => {
    const get = new GetSetAside(setAside);
    await receive.execute(messageOf('nonsense'));
    const [event] = await waiting();
    expect(await get.execute(event!.id)).toEqual(event);
    await expect(get.execute('2026-01-31/12:00:00.000Z/other')).rejects.toBeInstanceOf(SetAsideEventNotFound);
  });

  it('set aside are listed for 90 days, or from the day that is asked for', async () => {
    await receive.execute(messageOf('nonsense'));
    clock.advance(90 * 24 * 60 * 60 * 1000);
    expect(await waiting()).toHaveLength(1);
    clock.advance(24 * 60 * 60 * 1000);
    expect(await waiting()).toEqual([]);
    const { since, events } = list.execute('2026-01-31T23:00:00.000Z');
    expect(since).toBe('2026-01-31T23:00:00.000Z');
    expect(await events[Symbol.asyncIterator]().next()).toMatchObject({ done: false });
  });
});
