import { describe, expect, it } from '@jest/globals';
import { inParallel } from '../../../src/domain/shared/in-parallel.ts';

const turn = (): Promise<void> => Promise.resolve();

describe('work in parallel', () => {
  it('answers in the order of the items, whichever is done first', async () => {
    const answers = await inParallel([5, 0, 3, 1], 3, async (turns) => {
      for (let index = 0; index < turns; index++) await turn();
      return turns;
    });
    expect(answers).toEqual([5, 0, 3, 1]);
    expect(await inParallel([], 3, turn)).toEqual([]);
  });

  it('is never wider than it may be', async () => {
    let [now, most] = [0, 0];
    await inParallel(Array.from({ length: 50 }), 4, async () => {
      most = Math.max(most, ++now);
      await turn();
      now--;
    });
    expect(most).toBe(4);
  });

  it('begins nothing more after a failure', async () => {
    const begun: number[] = [];
    const working = inParallel([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun.push(item);
      await turn();
      if (item === 2) throw new Error('broken');
    });
    await expect(working).rejects.toThrow('broken');
    for (let index = 0; index < 20; index++) await turn();
    expect(begun.length).toBeLessThanOrEqual(3);
  });
});
