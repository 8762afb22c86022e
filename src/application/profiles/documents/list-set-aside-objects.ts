import type { Clock, Instant } from '../../../domain/shared/time.ts';
import type { SetAsideObject, SetAsideObjects } from '../ports/set-aside-objects.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How far back one looks who does not say since when. */
const DAYS = 90;

export class ListSetAsideObjects {
  constructor(
    private readonly aside: Pick<SetAsideObjects, 'list'>,
    private readonly clock: Clock,
  ) {}

  /**
   * The objects that were notified on or after the day of `since` and set aside; without it, in the last 90 days. Oldest
   * first.
   *
   * @throws Unavailable
   */
  execute(since?: Instant): AsyncIterable<SetAsideObject> {
    const now = Date.parse(this.clock.now());
    const from = since ?? new Date(now - DAYS * DAY_MS).toISOString();
    // The clock of the store may be ahead.
    return this.aside.list(from, new Date(now + DAY_MS).toISOString());
  }
}
