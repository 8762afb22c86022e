import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SetAsideEvents } from '../../src/application/statistics/ports/set-aside-events.ts';
import type { SetAsideEvent } from '../../src/domain/statistics/set-aside-event.ts';
import type { StatisticsFixture } from '../support/statistics-fixture.ts';

const message = {
  messageId: 'message-1',
  sentAt: '2026-01-31T12:00:00.000Z',
  topic: 'company-events' as const,
  payload: '{"not":"a change"}',
  reason: 'type: is missing',
  seenAt: '2026-01-31T12:00:01.000Z',
};

/** What every SetAsideEvents promises. */
export function setAsideEventsContract(
  name: string,
  makeFixture: () => StatisticsFixture | Promise<StatisticsFixture>,
): void {
  describe(`events set aside ${name}`, () => {
    let setAside: SetAsideEvents;

    beforeEach(async () => {
      ({ setAside } = await makeFixture());
    });

    async function listed(since: string, until = '2026-02-28T00:00:00.000Z'): Promise<SetAsideEvent[]> {
      const events: SetAsideEvent[] = [];
      for await (const event of setAside.list(since, until)) events.push(event);
      return events;
    }

    it('are none at first', async () => {
      expect(await listed('2026-01-01T00:00:00.000Z')).toEqual([]);
    });

    it('are found as they were kept', async () => {
      await setAside.keep(message);
      const [event] = await listed(message.sentAt);
      expect(event).toEqual({
        id: '2026-01-31/12:00:00.000Z/message-1',
        topic: message.topic,
        payload: message.payload,
        reason: message.reason,
        firstSeenAt: message.seenAt,
        lastSeenAt: message.seenAt,
      });
      expect(await setAside.find(event!.id)).toEqual(event);
    });

    it('that come again are kept once, with the first time they were seen and the last reason', async () => {
      await setAside.keep(message);
      await setAside.keep({ ...message, reason: 'fork', seenAt: '2026-02-03T00:00:00.000Z' });
      expect(await listed(message.sentAt)).toEqual([
        expect.objectContaining({
          reason: 'fork',
          firstSeenAt: message.seenAt,
          lastSeenAt: '2026-02-03T00:00:00.000Z',
        }),
      ]);
    });

    it('sent at another time, or under another id, are others', async () => {
      await setAside.keep(message);
      await setAside.keep({ ...message, sentAt: '2026-01-31T12:00:00.001Z' });
      await setAside.keep({ ...message, messageId: 'message-2' });
      expect(await listed(message.sentAt)).toHaveLength(3);
    });

    it('are listed oldest first, from the day of the beginning on', async () => {
      const times = ['02-01T00:00:00.000', '01-30T23:59:59.999', '01-31T08:00:00.000', '01-31T07:59:59.999'];
      for (const [index, time] of times.entries()) {
        await setAside.keep({ ...message, messageId: `message-${index}`, sentAt: `2026-${time}Z` });
      }
      const ids = async (since: string, until?: string): Promise<string[]> =>
        (await listed(since, until)).map(({ id }) => id.split('/').at(-1)!);
      expect(await ids('2026-01-01T00:00:00.000Z')).toEqual([
        'message-1',
        'message-3',
        'message-2',
        'message-0',
      ]);
      expect(await ids('2026-01-31T23:00:00.000Z')).toEqual(['message-3', 'message-2', 'message-0']);
      expect(await ids('2026-01-31T00:00:00.000Z', '2026-01-31T23:59:59.999Z')).toEqual([
        'message-3',
        'message-2',
      ]);
      expect(await ids('2026-02-02T00:00:00.000Z')).toEqual([]);
    });

    it.each(['a/b', 'a#b%23', '🏭', 'line\nbreak'])('may have any message id: %j', async (messageId) => {
      await setAside.keep({ ...message, messageId });
      const [event] = await listed(message.sentAt);
      expect(await setAside.find(event!.id)).toEqual(event);
      await setAside.remove(event!.id);
      expect(await listed(message.sentAt)).toEqual([]);
    });

    it('keep a payload of any kind, as large as a message may be', async () => {
      for (const payload of ['', '\u0000', '{"a":', 'é'.repeat(128 * 1024)]) {
        await setAside.keep({ ...message, payload });
        expect((await listed(message.sentAt))[0]!.payload).toBe(payload);
      }
    });

    it('are gone when they are removed, once or twice', async () => {
      await setAside.keep(message);
      const [event] = await listed(message.sentAt);
      await setAside.remove(event!.id);
      await setAside.remove(event!.id);
      expect(await setAside.find(event!.id)).toBeUndefined();
      expect(await listed(message.sentAt)).toEqual([]);
    });

    it.each(['', 'nonsense', '2026-01-31', '2026-01-31/12:00:00.000Z/unknown'])(
      'have no id %j',
      async (id) => {
        expect(await setAside.find(id)).toBeUndefined();
        await setAside.remove(id);
      },
    );

    it('may be removed while they are listed', async () => {
      for (const messageId of ['1', '2', '3']) await setAside.keep({ ...message, messageId });
      const seen: string[] = [];
      for await (const { id } of setAside.list(message.sentAt, message.sentAt)) {
        seen.push(id);
        await setAside.remove(id);
      }
      expect(seen).toHaveLength(3);
      expect(await listed(message.sentAt)).toEqual([]);
    });
  });
}
