import type { Instant } from '../../../domain/shared/time.ts';

/** An object that belongs to nothing, or a notification that nobody can make sense of, and why. */
export interface UnrecordedObject {
  /** As it was notified. */
  readonly objectKey: string;
  readonly reason: string;
  /** When the store told of it. */
  readonly notifiedAt: Instant;
}

export interface SetAsideObject extends UnrecordedObject {
  /** `<day>/<time>/…`; what is notified twice is kept once. */
  readonly id: string;
}

/** Where a person finds objects that could not be recorded. */
export interface SetAsideObjects {
  /** Keeps it; the same notification again is kept once, with the new reason. @throws Unavailable */
  keep(object: UnrecordedObject): Promise<void>;

  /** Those notified on or after the day of `since`, oldest first. @throws Unavailable */
  list(since: Instant, until: Instant): AsyncIterable<SetAsideObject>;

  /** @throws Unavailable */
  find(id: string): Promise<SetAsideObject | undefined>;

  /** @throws Unavailable */
  remove(id: string): Promise<void>;
}
