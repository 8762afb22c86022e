import type { Instant } from '../shared/time.ts';

/** The topics whose messages this service takes. */
export const TOPICS = ['company-events', 'company-observations'] as const;
export type Topic = (typeof TOPICS)[number];

/** A message that can never succeed as it is, kept for a person to look at and to redrive. */
export interface SetAsideEvent {
  /** `<day>/<time>/<message id>`; what arrives twice is kept once. */
  readonly id: string;
  /** Where it came from, and where it goes again. */
  readonly topic: Topic;
  readonly payload: string;
  readonly reason: string;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
}
