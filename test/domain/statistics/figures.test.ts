import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bigJsArithmetic as arithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { ZERO, type Decimal } from '../../../src/domain/shared/decimal.ts';
import {
  figuresOf,
  fits,
  meanOf,
  merge,
  mergeAll,
  type Figures,
  type ValueAt,
} from '../../../src/domain/statistics/figures.ts';
import type { ObservedAt } from '../../../src/domain/statistics/observed-at.ts';

const at = (observedAt: string, value: string): ValueAt => ({
  observedAt: observedAt as ObservedAt,
  value: value as Decimal,
});

const anyValue = fc
  .record({
    observedAt: fc.constantFrom('2023', '2023-12', '2024', '2024-01-01T00:00:00.000Z'),
    value: fc.constantFrom('-10', '-9', '0', '0.1', '9', '10', '1000000000000000000000000000001'),
  })
  .map(({ observedAt, value }) => at(observedAt, value));

const anyFigures = fc
  .array(anyValue, { minLength: 1, maxLength: 4 })
  .map((values) => mergeAll(values.map(figuresOf), arithmetic)!);

describe('figures', () => {
  it('of one value are that value', () => {
    const one = at('2024', '-3.5');
    expect(figuresOf(one)).toEqual({
      count: 1,
      sum: '-3.5',
      min: '-3.5',
      max: '-3.5',
      first: one,
      last: one,
    });
  });

  it('of several are compared as numbers, and by time', () => {
    const values = [at('2024-02', '9'), at('2024', '10'), at('2024-10', '-1.5'), at('2024-09', '-10')];
    expect(mergeAll(values.map(figuresOf), arithmetic)).toEqual({
      count: 4,
      sum: '7.5',
      min: '-10',
      max: '10',
      first: at('2024', '10'),
      last: at('2024-10', '-1.5'),
    });
  });

  it('of several at one time have the lowest first and the highest last', () => {
    const values = [at('2024', '9'), at('2024', '10'), at('2024', '-1')];
    expect(mergeAll(values.map(figuresOf), arithmetic)).toMatchObject({
      first: at('2024', '-1'),
      last: at('2024', '10'),
    });
  });

  it('merge in any order and grouping', () => {
    const merged = (left: Figures, right: Figures): Figures => merge(left, right, arithmetic);
    fc.assert(
      fc.property(anyFigures, anyFigures, anyFigures, (a, b, c) => {
        expect(merged(a, b)).toEqual(merged(b, a));
        expect(merged(merged(a, b), c)).toEqual(merged(a, merged(b, c)));
      }),
    );
  });

  it('of none are none', () => {
    expect(mergeAll([], arithmetic)).toBeUndefined();
    expect(mergeAll([undefined, undefined], arithmetic)).toBeUndefined();
    const one = figuresOf(at('2024', '1'));
    expect(mergeAll([undefined, one, undefined], arithmetic)).toEqual(one);
  });

  it('have a mean that is rounded to 34 digits', () => {
    expect(meanOf({ sum: '10' as Decimal, count: 3 }, arithmetic)).toBe(
      '3.333333333333333333333333333333333',
    );
    expect(meanOf({ sum: ZERO, count: 0 }, arithmetic)).toBe('0');
  });

  it('fit as long as their sum has 38 digits', () => {
    const sumOf = (...values: string[]): Figures =>
      mergeAll(
        values.map((value) => figuresOf(at('2024', value))),
        arithmetic,
      )!;
    expect(fits(sumOf('9'.repeat(38)))).toBe(true);
    expect(fits(sumOf('9'.repeat(38), '1'))).toBe(true);
    expect(fits(sumOf('9'.repeat(38), '2'))).toBe(false);
    expect(fits(sumOf('1', '-1'))).toBe(true);
    expect(fits(sumOf('1e19'.replace('e19', '0'.repeat(19)), `0.${'0'.repeat(19)}1`))).toBe(false);
    expect(fits(sumOf(`9${'0'.repeat(125)}`, `9${'0'.repeat(125)}`))).toBe(false);
  });
});
