import type { Instant } from '../../../domain/shared/time.ts';

/** An object that belongs to nothing, or a notification that nobody can make sense of, and why. */
export interface SetAsideObject {
  /** As it was notified. */
  readonly objectKey: string;
  readonly reason: string;
  /** When the store told of it. */
  readonly notifiedAt: Instant;
}

/** Where a person finds objects that could not be recorded. */
export interface SetAsideObjects {
  /** Keeps it; the same notification again is kept once. @throws Unavailable */
  keep(object: SetAsideObject): Promise<void>;

  /** Those of a day, `2026-01-31`, oldest first. @throws Unavailable */
  list(day: string): AsyncIterable<SetAsideObject>;
}
