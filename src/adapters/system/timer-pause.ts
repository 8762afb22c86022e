import { setTimeout } from 'node:timers/promises';
import type { Pause } from '../../domain/shared/time.ts';

export class TimerPause implements Pause {
  async forMs(ms: number): Promise<void> {
    await setTimeout(ms);
  }
}
