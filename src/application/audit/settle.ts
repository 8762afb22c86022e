import type { Pause } from '../../domain/shared/time.ts';

/** What a look at something that is waited for shows: it is done with, it is coming along, or nothing has changed. */
export type Look = 'settled' | 'moving' | 'still';

export interface Patience {
  /** The pauses before each look while nothing changes; whenever something does, they begin anew. */
  readonly pausesMs: readonly number[];
  /** The most looks in all. */
  readonly looks: number;
}

/**
 * Looks at all items together, again and again, until all are settled or patience is at its end; the others come back.
 *
 * @param look what it shows of each item, in their order
 */
export async function settle<Item>(
  items: readonly Item[],
  look: (items: readonly Item[]) => Promise<readonly Look[]>,
  pause: Pause,
  { pausesMs, looks }: Patience,
): Promise<readonly Item[]> {
  let waiting = items;
  let still = 0;
  for (let count = 0; waiting.length > 0 && count < looks; count++) {
    const pauseMs = pausesMs[still];
    if (pauseMs === undefined) break;
    await pause.forMs(pauseMs);
    const seen = await look(waiting);
    waiting = waiting.filter((_, index) => seen[index] !== 'settled');
    still = seen.every((one) => one === 'still') ? still + 1 : 0;
  }
  return waiting;
}
