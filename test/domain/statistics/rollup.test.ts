import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bigJsArithmetic as arithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { mergeAll } from '../../../src/domain/statistics/figures.ts';
import type { ObservedAt } from '../../../src/domain/statistics/observed-at.ts';
import { bucketOf, foldOf, yearFigures, yearsOf } from '../../../src/domain/statistics/rollup.ts';
import { anObservation } from '../../support/observation-mother.ts';

describe('a bucket', () => {
  it.each([
    ['2024', 'year'],
    ['2024-01', '01'],
    ['2024-09-30', '09'],
    ['2024-12-31T23:59:59.999Z', '12'],
  ])('of %s is %s', (observedAt, bucket) => {
    expect(bucketOf(observedAt as ObservedAt)).toBe(bucket);
  });
});

describe('the years of a series', () => {
  const observations = [
    anObservation('2024', '100'),
    anObservation('2023-12-31', '1'),
    anObservation('2024-03-01', '2'),
    anObservation('2024-03', '3'),
    anObservation('2024-11-30T08:00:00.000Z', '-4'),
  ];

  it('have what is known by month in its month, and what is known by year apart', () => {
    const years = yearsOf(observations, arithmetic);
    expect([...years.keys()].sort()).toEqual(['2023', '2024']);
    expect(Object.keys(years.get('2024')!).sort()).toEqual(['03', '11', 'year']);
    expect(years.get('2023')!['12']).toMatchObject({ count: 1, sum: '1' });
    expect(years.get('2024')!['03']).toMatchObject({
      count: 2,
      sum: '5',
      first: { observedAt: '2024-03', value: '3' },
      last: { observedAt: '2024-03-01', value: '2' },
    });
    expect(years.get('2024')!.year).toMatchObject({ count: 1, sum: '100' });
  });

  it('are none without observations', () => {
    expect(yearsOf([], arithmetic).size).toBe(0);
    expect(yearFigures({}, arithmetic)).toBeUndefined();
    expect(foldOf([], arithmetic)).toBeUndefined();
  });

  it('come to what their observations come to', () => {
    const observation = fc
      .record({
        observedAt: fc.constantFrom('2022', '2022-05', '2023-01-31', '2024', '2024-12-31T00:00:00.000Z'),
        value: fc.integer({ min: -50, max: 50 }).map(String),
      })
      .map(({ observedAt, value }) => anObservation(observedAt, value));
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 20 }), (all) => {
        const years = [...yearsOf(all, arithmetic).values()].map((year) => yearFigures(year, arithmetic));
        expect(mergeAll(years, arithmetic)).toEqual(foldOf(all, arithmetic));
      }),
    );
  });
});
