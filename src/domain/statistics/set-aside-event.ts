import type { Instant } from '../shared/time.ts';

/** A message that can never succeed as it is, kept for a person to look at and to redrive. */
export interface SetAsideEvent {
  /** `<day>/<time>/<message id>`; what arrives twice is kept once. */
  readonly id: string;
  readonly payload: string;
  readonly reason: string;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
}
