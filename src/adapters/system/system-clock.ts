import type { Clock, Instant } from '../../domain/shared/time.ts';

export class SystemClock implements Clock {
  now(): Instant {
    return new Date().toISOString();
  }
}
