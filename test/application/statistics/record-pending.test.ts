import { beforeEach, describe, expect, it } from '@jest/globals';
import { readObservations } from '../../../src/adapters/sns/statistics/read-observations.ts';
import type { PendingObservation } from '../../../src/application/statistics/ports/pending-observations.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { companyIdAt, minutesLater, tickerOf } from '../../support/company-mother.ts';
import { anObservation } from '../../support/observation-mother.ts';
import { ProjectionInMemory } from '../../support/projection-in-memory.ts';
import { aMembership, belong, seriesAt } from '../../support/standing-mother.ts';

const A = companyIdAt(1);
const identifier = tickerOf('A');

describe('recording what waits for an identifier', () => {
  let all: ProjectionInMemory;

  beforeEach(() => {
    all = new ProjectionInMemory();
  });

  const bear = () => belong(all.boards, A, aMembership({ identifiers: [identifier] }));
  const execute = () => all.recordPending.execute(identifier);

  async function keep(...stated: readonly (readonly [observedAt: string, value: string])[]): Promise<void> {
    await all.pending.keep(
      stated.map(([observedAt, value]) => ({
        identifier,
        observation: anObservation(observedAt, value),
        since: minutesLater(0),
      })),
    );
  }

  async function waiting(): Promise<PendingObservation[]> {
    const found: PendingObservation[] = [];
    for await (const one of all.pending.waitingFor(identifier)) found.push(one);
    return found;
  }

  const sum = async () => (await all.trackedSeries.figuresOf([seriesAt(1)]))[0];

  it('leaves it waiting as long as no company bears the identifier', async () => {
    await keep(['2024', '1']);
    expect(await execute()).toBe(0);
    expect(await waiting()).toHaveLength(1);
    expect(await sum()).toBeUndefined();
  });

  it('records all of it for the company that bears it, once', async () => {
    await keep(...Array.from({ length: 230 }, (_, index) => [String(1000 + index), '2'] as const));
    await bear();
    expect(await execute()).toBe(230);
    expect(await sum()).toMatchObject({ count: 230, sum: '460' });
    expect(await waiting()).toEqual([]);
    expect(await execute()).toBe(0);
  });

  it('sets aside, with the reason, what the figures of the company cannot hold', async () => {
    await keep(['2023', '1e-130'], ['2024', '1'], ['2025', '1e125']);
    await all.observe(A, '1e125', '2022');
    await bear();
    expect(await execute()).toBe(1);
    expect(await waiting()).toEqual([]);
    expect(await sum()).toMatchObject({ count: 2 });

    const kept = [];
    for await (const one of all.setAside.list(all.clock.now(), all.clock.now())) kept.push(one);
    expect(kept).toMatchObject([
      {
        topic: 'company-observations',
        reason: expect.stringMatching(/more than 38 digits.*38 digits/) as unknown,
      },
    ]);
    expect(readObservations(kept[0]!.payload)).toMatchObject({
      company: { identifier },
      observations: [{ observedAt: '2023' }, { observedAt: '2024', value: '1' }],
    });
  });

  it('loses and doubles nothing where it fails in the middle, and is done again', async () => {
    await keep(...Array.from({ length: 130 }, (_, index) => [String(1000 + index), '2'] as const));
    await bear();
    const { remove } = all.pending;
    all.pending.remove = async () => {
      throw new Unavailable('The database did not answer in time.');
    };
    await expect(execute()).rejects.toBeInstanceOf(Unavailable);
    expect(await waiting()).toHaveLength(130);

    all.pending.remove = remove;
    expect(await execute()).toBe(130);
    expect(await sum()).toMatchObject({ count: 130, sum: '260' });
    expect(await waiting()).toEqual([]);
  });
});
