/** An instant in UTC, ISO 8601 with milliseconds: `2026-01-31T23:59:59.999Z`. */
export type Instant = string;

/** Where use cases get the time from; nothing inside the domain asks for it. */
export interface Clock {
  now(): Instant;
}

/** Lets time pass. */
export interface Pause {
  forMs(ms: number): Promise<void>;
}

/** Waits before another try of something that has been tried so many times, from 1. */
export type Backoff = (tries: number) => Promise<void>;

/** Milliseconds from one instant to a later one; negative where it is earlier. */
export function millisecondsBetween(earlier: Instant, later: Instant): number {
  return Date.parse(later) - Date.parse(earlier);
}
