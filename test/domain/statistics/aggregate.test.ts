import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bigJsArithmetic as arithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { ZERO, type Decimal } from '../../../src/domain/shared/decimal.ts';
import { added, exchanged, NOTHING, type Aggregate } from '../../../src/domain/statistics/aggregate.ts';
import { anyDecimal } from '../../support/any-decimal.ts';

const into = (aggregate: Aggregate, value: Decimal): Aggregate =>
  exchanged(aggregate, undefined, value, arithmetic);
const sumOf = (values: readonly Decimal[]): Aggregate => values.reduce(into, NOTHING);

describe('an aggregate', () => {
  it('counts companies alone by a value of 0', () => {
    expect(sumOf([ZERO, ZERO])).toEqual({ count: 2, sum: '0' });
    expect(exchanged(sumOf([ZERO, ZERO]), ZERO, undefined, arithmetic)).toEqual({ count: 1, sum: '0' });
  });

  it('has another value of the same company', () => {
    const [five, seven] = ['5', '7'] as Decimal[];
    expect(exchanged(sumOf([five!]), five, seven, arithmetic)).toEqual({ count: 1, sum: '7' });
    expect(exchanged(NOTHING, undefined, undefined, arithmetic)).toEqual(NOTHING);
  });

  it('is nothing again when all that it has is taken out, in any order', () => {
    const orders = fc
      .array(anyDecimal(), { maxLength: 8 })
      .chain((values) =>
        fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
      );
    fc.assert(
      fc.property(orders, ([values, shuffled]) => {
        const left = shuffled.reduce(
          (aggregate, value) => exchanged(aggregate, value, undefined, arithmetic),
          sumOf(values),
        );
        expect(left).toEqual(NOTHING);
      }),
    );
  });

  it('is the same whether it is counted in one part or in several', () => {
    fc.assert(
      fc.property(fc.array(anyDecimal()), fc.array(anyDecimal()), (left, right) => {
        expect(added(sumOf(left), sumOf(right), arithmetic)).toEqual(sumOf([...left, ...right]));
      }),
    );
  });
});
