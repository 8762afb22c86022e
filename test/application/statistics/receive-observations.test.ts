import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemorySetAsideEvents } from '../../../src/adapters/in-memory/statistics/in-memory-set-aside-events.ts';
import { readObservations } from '../../../src/adapters/sns/statistics/read-observations.ts';
import { bigJsArithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { ReceiveObservations } from '../../../src/application/statistics/receive-observations.ts';
import { RedriveSetAside } from '../../../src/application/statistics/redrive-set-aside.ts';
import type { SetAsideEvent } from '../../../src/domain/statistics/set-aside-event.ts';
import { companyIdAt, minutesLater, tickerOf } from '../../support/company-mother.ts';
import { ProjectionInMemory } from '../../support/projection-in-memory.ts';
import { aMembership, belong, seriesAt } from '../../support/standing-mother.ts';

const A = companyIdAt(1);
const ticker = tickerOf('A');
const price = { metric: 'price', unit: 'USD', observedAt: '2024', value: '5', source: 'feed' };

describe('messages of observations', () => {
  let all: ProjectionInMemory;
  let setAside: InMemorySetAsideEvents;
  let receive: ReceiveObservations;

  beforeEach(() => {
    all = new ProjectionInMemory();
    setAside = new InMemorySetAsideEvents();
    receive = new ReceiveObservations(
      all.recordObservations,
      all.recordPending,
      all.pending,
      setAside,
      readObservations,
      bigJsArithmetic,
      all.clock,
    );
  });

  const send = (message: unknown) =>
    receive.execute({
      messageId: 'm-1',
      sentAt: minutesLater(0),
      payload: typeof message === 'string' ? message : JSON.stringify(message),
    });

  async function kept(): Promise<SetAsideEvent[]> {
    const events: SetAsideEvent[] = [];
    for await (const event of setAside.list(minutesLater(0), minutesLater(1))) events.push(event);
    return events;
  }

  const figures = async () => (await all.trackedSeries.figuresOf([seriesAt(1)]))[0];

  it('are recorded for a company of which nothing is known, and once', async () => {
    const message = { companyId: A, observations: [price, { ...price, observedAt: '2025', value: '7' }] };
    expect(await send(message)).toEqual({ outcome: 'received', counts: { recorded: 2 }, lagMs: 0 });
    expect(await send(message)).toEqual({ outcome: 'received', counts: { unchanged: 2 }, lagMs: 0 });
    expect(await figures()).toMatchObject({ count: 2, sum: '12' });
    expect(await kept()).toEqual([]);
  });

  it('are recorded for the company that bears the identifier', async () => {
    await belong(all.boards, A, aMembership({ identifiers: [ticker] }));
    const message = { identifier: { scheme: 'ticker', value: 'a' }, observations: [price] };
    expect(await send(message)).toMatchObject({ counts: { recorded: 1 } });
    expect(await figures()).toMatchObject({ count: 1, sum: '5' });
  });

  it('wait for a company that bears the identifier, since when they came', async () => {
    const message = { identifier: ticker, observations: [price] };
    expect(await send(message)).toEqual({ outcome: 'received', counts: { pending: 1 }, lagMs: 0 });
    all.clock.advance(1_000);
    expect(await send(message)).toMatchObject({ lagMs: 1_000 });
    const waiting = [];
    for await (const one of all.pending.waitingFor(ticker)) waiting.push(one);
    expect(waiting).toMatchObject([{ observation: price, since: minutesLater(0) }]);
    expect(await figures()).toBeUndefined();
  });

  it('do not wait where a company has come to bear the identifier meanwhile', async () => {
    const { keep } = all.pending;
    all.pending.keep = async (pending) => {
      await keep.call(all.pending, pending);
      await belong(all.boards, A, aMembership({ identifiers: [ticker] }));
    };
    await send({ identifier: ticker, observations: [price] });
    expect(await all.pending.awaited([ticker])).toEqual([]);
    expect(await figures()).toMatchObject({ sum: '5' });
  });

  it('are set aside whole where one is invalid, with what to change, after the others were recorded', async () => {
    const message = {
      companyId: A,
      observations: [price, { ...price, observedAt: '2024-13', value: 'many' }, { ...price, unit: 7 }],
    };
    const reason =
      'observations.1.observedAt: must be a year, a month, a date, or an instant with its offset and at most ' +
      'milliseconds: 2024, 2024-03, 2024-03-31 or 2024-03-31T16:00:00Z; ' +
      'observations.1.value: must be a decimal number, such as "12.5" or "-1.2e9"; observations.2.unit: must be a text';
    expect(await send(message)).toEqual({
      outcome: 'invalid',
      reason,
      counts: { recorded: 1, invalid: 2 },
      lagMs: 0,
    });
    expect(await kept()).toMatchObject([
      { topic: 'company-observations', payload: JSON.stringify(message), reason },
    ]);
    expect(await figures()).toMatchObject({ count: 1, sum: '5' });
  });

  it('that wait leave aside what is invalid among them', async () => {
    const message = { identifier: ticker, observations: [price, { ...price, source: '' }] };
    expect(await send(message)).toMatchObject({ outcome: 'invalid', counts: { pending: 1, invalid: 1 } });
  });

  it('tell ten faults of many', async () => {
    const message = { companyId: A, observations: new Array(30).fill({ ...price, value: 'x' }) };
    expect((await send(message)).reason).toMatch(/observations\.9\.value: .*; and 20 more$/);
  });

  it('that nobody can make sense of are set aside', async () => {
    expect(await send('[]')).toEqual({
      outcome: 'unintelligible',
      reason: 'the message is no object',
      counts: {},
      lagMs: 0,
    });
    expect(await kept()).toMatchObject([{ payload: '[]', reason: 'the message is no object' }]);
  });

  it('set aside are tried again, and leave when they succeed', async () => {
    await send({ companyId: A, observations: [{ ...price, value: 'x' }] });
    const [event] = await kept();
    await setAside.keep({
      ...event!,
      messageId: 'm-1',
      sentAt: minutesLater(0),
      payload: JSON.stringify({ companyId: A, observations: [price] }),
      seenAt: minutesLater(0),
    });
    const redrive = new RedriveSetAside(setAside, {
      'company-events': { attempt: async () => ({ outcome: 'unintelligible', reason: 'of another topic' }) },
      'company-observations': receive,
    });
    const outcomes: string[] = [];
    await redrive.execute(setAside.list(minutesLater(0), minutesLater(1)), ({ reception }) =>
      outcomes.push(reception.outcome),
    );
    expect(outcomes).toEqual(['received']);
    expect(await kept()).toEqual([]);
    expect(await figures()).toMatchObject({ sum: '5' });
  });
});
