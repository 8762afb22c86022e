import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bigJsArithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { InvalidInput } from '../../../src/domain/shared/errors.ts';
import {
  observationKey,
  observationOf,
  type StatedObservation,
} from '../../../src/domain/statistics/observation.ts';
import type { ObservedAt } from '../../../src/domain/statistics/observed-at.ts';

const stated: StatedObservation = {
  metric: 'price',
  unit: 'USD',
  observedAt: '2024-03-31T16:00:00-04:00',
  value: '1.20e1',
  source: 'exchange',
};

const read = (overrides: Partial<StatedObservation> = {}) =>
  observationOf({ ...stated, ...overrides }, bigJsArithmetic);

describe('an observation', () => {
  it('is read in its one spelling', () => {
    expect(read()).toEqual({ ...stated, observedAt: '2024-03-31T20:00:00.000Z', value: '12' });
    expect(read({ reportedAt: '2024-04' })).toHaveProperty('reportedAt', '2024-04');
  });

  it('is refused with everything that is wrong with it', () => {
    const bad = { metric: '', unit: '', observedAt: '', value: '', source: '', reportedAt: '' };
    let error: unknown;
    try {
      read(bad);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidInput);
    expect((error as InvalidInput).violations.map(({ path }) => path)).toEqual([
      ['metric'],
      ['unit'],
      ['observedAt'],
      ['value'],
      ['source'],
      ['reportedAt'],
    ]);
  });

  it.each(Object.keys(stated))('is refused where its %s alone is wrong', (name) => {
    expect(() => read({ [name]: ' ' })).toThrow(InvalidInput);
  });

  it('has a source of at most 100 characters', () => {
    expect(read({ source: '😀'.repeat(100) }).source).toBe('😀'.repeat(100));
    expect(() => read({ source: 'x'.repeat(101) })).toThrow('source: must have at most 100 characters');
  });

  it('has a key of its own', () => {
    // Few, so that what differs in one of them is often alike when they are joined.
    const label = fc.constantFrom('a', 'a a', 'a a a', '1', '1 a', 'a 1', '1 1 a');
    const id = fc.record({
      metric: fc.constantFrom('a', 'a-1'),
      unit: label,
      observedAt: fc.constantFrom('2024', '2024-01').map((text) => text as ObservedAt),
      source: label,
    });
    fc.assert(
      fc.property(id, id, (left, right) => {
        const isSame = JSON.stringify(left) === JSON.stringify(right);
        expect(observationKey(left) === observationKey(right)).toBe(isSame);
      }),
      { numRuns: 2_000 },
    );
  });
});
