import { Unavailable } from '../../domain/shared/errors.ts';
import type { Pause } from '../../domain/shared/time.ts';

const PAUSES_MS = [50, 100, 200, 400, 800, 1600, 3200, 5000];

/**
 * Asks again, at growing distances, while what is asked is unavailable: some 11 seconds in all.
 *
 * @throws Unavailable where it stays so, and whatever else `ask` throws
 */
export async function retried<Answer>(
  pause: Pause,
  ask: (attempt: number) => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(attempt);
    } catch (error) {
      const ms = PAUSES_MS[attempt - 1];
      if (!(error instanceof Unavailable) || ms === undefined) throw error;
      await pause.forMs(ms);
    }
  }
}
