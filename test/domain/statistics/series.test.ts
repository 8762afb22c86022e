import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Violation } from '../../../src/domain/shared/errors.ts';
import { checkMetric, seriesKey, unitOf } from '../../../src/domain/statistics/series.ts';

function faultsOf(check: (violations: Violation[]) => unknown): readonly string[] {
  const violations: Violation[] = [];
  check(violations);
  return violations.map(({ path, detail }) => `${path.join('.')}: ${detail}`);
}

const metricFaults = (text: string) => faultsOf((violations) => checkMetric(text, ['here'], violations));

describe('a metric', () => {
  it.each(['price', 'revenues-3m', '0', 'a'.repeat(200)])('may be %s', (metric) => {
    expect(metricFaults(metric)).toEqual([]);
  });

  it.each(['', 'Price', 'a--b', '-a', 'a-', 'a b', 'prix-moyén', 'a_b', 'a\n', 'a'.repeat(201)])(
    'may not be %j',
    (metric) => {
      expect(metricFaults(metric)).toEqual([expect.stringContaining('here: must be a slug')]);
    },
  );
});

describe('a unit', () => {
  it.each([
    ['USD', 'USD'],
    [' USD\n', 'USD'],
    ['kg  CO₂e / m²', 'kg  CO₂e / m²'],
    ['e\u0301', 'é'],
    ['%', '%'],
    ['#', '#'],
    ['😀'.repeat(50), '😀'.repeat(50)],
  ])('is read from %j in its normal form', (text, unit) => {
    const violations: Violation[] = [];
    expect(unitOf(text, ['here'], violations)).toBe(unit);
    expect(violations).toEqual([]);
  });

  it.each(['', ' ', '\n', 'x'.repeat(51)])('may not be %j', (unit) => {
    expect(faultsOf((violations) => unitOf(unit, ['here'], violations))).toHaveLength(1);
  });
});

describe('the key of a series', () => {
  it('is its own', () => {
    // Few, so that what differs in one of them is often alike when they are joined.
    const series = fc.record({
      metric: fc.constantFrom('a', 'aa', 'a-a'),
      unit: fc.constantFrom('a', 'aa', 'a a', '-a', '-a a'),
    });
    fc.assert(
      fc.property(series, series, (left, right) => {
        const isSame = left.metric === right.metric && left.unit === right.unit;
        expect(seriesKey(left) === seriesKey(right)).toBe(isSame);
      }),
    );
  });
});
