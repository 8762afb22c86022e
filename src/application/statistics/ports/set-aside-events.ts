import type { SetAsideEvent, Topic } from '../../../domain/statistics/set-aside-event.ts';
import type { Instant } from '../../../domain/shared/time.ts';

export interface SetAsideMessage {
  readonly messageId: string;
  readonly sentAt: Instant;
  readonly topic: Topic;
  readonly payload: string;
  readonly reason: string;
  readonly seenAt: Instant;
}

/** Where messages wait that can never succeed as they are. */
export interface SetAsideEvents {
  /**
   * Keeps a message; one kept before (same messageId and sentAt) keeps its first-seen time and takes the new reason.
   *
   * @throws Unavailable
   */
  keep(message: SetAsideMessage): Promise<void>;

  /** Those sent on or after the day of `since`, oldest first. @throws Unavailable */
  list(since: Instant, until: Instant): AsyncIterable<SetAsideEvent>;

  find(id: string): Promise<SetAsideEvent | undefined>;

  remove(id: string): Promise<void>;
}
