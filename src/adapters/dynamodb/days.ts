const DAY_MS = 24 * 60 * 60 * 1000;

/** The days, `2026-01-31`, from that of one instant to that of another, both included. */
export function* days(since: string, until: string): Generator<string> {
  const last = Date.parse(until.slice(0, 10));
  for (let day = Date.parse(since.slice(0, 10)); day <= last; day += DAY_MS) {
    yield new Date(day).toISOString().slice(0, 10);
  }
}
