import type { Clock, Instant } from '../../src/domain/shared/time.ts';

/** A clock that stands still until it is set or moved. */
export class ManualClock implements Clock {
  constructor(private instant: Instant = '2026-01-01T00:00:00.000Z') {}

  now(): Instant {
    return this.instant;
  }

  set(instant: Instant): void {
    this.instant = instant;
  }

  advance(milliseconds: number): void {
    this.instant = new Date(Date.parse(this.instant) + milliseconds).toISOString();
  }
}
