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

/** The instant at which a day such as `2026-01-31` begins in UTC; undefined where the text is no day. */
export function startOfDay(text: string): Instant | undefined {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : NaN;
  if (Number.isNaN(day)) return undefined;
  const instant = new Date(day).toISOString();
  // A day that a month does not have is taken for one of the next month.
  return instant.startsWith(text) ? instant : undefined;
}

/** Milliseconds from one instant to a later one; negative where it is earlier. */
export function millisecondsBetween(earlier: Instant, later: Instant): number {
  return Date.parse(later) - Date.parse(earlier);
}
