import { describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../../src/adapters/system/system-clock.ts';

describe('the clock of the system', () => {
  it('tells the time in UTC, with milliseconds', () => {
    const [before, now, after] = [Date.now(), new SystemClock().now(), Date.now()];
    expect(now).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    expect(Date.parse(now)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(now)).toBeLessThanOrEqual(after);
  });
});
