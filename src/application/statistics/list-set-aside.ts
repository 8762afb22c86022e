import type { Clock, Instant } from '../../domain/shared/time.ts';
import type { SetAsideEvent } from '../../domain/statistics/set-aside-event.ts';
import type { SetAsideEvents } from './ports/set-aside-events.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How far back one looks who does not say since when. */
const DAYS = 90;

export interface SetAsideList {
  readonly since: Instant;
  /** Oldest first. @throws Unavailable */
  readonly events: AsyncIterable<SetAsideEvent>;
}

export class ListSetAside {
  constructor(
    private readonly setAside: SetAsideEvents,
    private readonly clock: Clock,
  ) {}

  /** What was sent on or after the day of `since` and set aside; without it, in the last 90 days. */
  execute(since?: Instant): SetAsideList {
    const now = Date.parse(this.clock.now());
    const from = since ?? new Date(now - DAYS * DAY_MS).toISOString();
    // The clocks of those who send may be ahead.
    const until = new Date(now + DAY_MS).toISOString();
    return { since: from, events: this.setAside.list(from, until) };
  }
}
