import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rankKeyOf } from '../../../src/adapters/dynamodb/statistics/rank-key.ts';
import { bigJsArithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { anyDecimal } from '../../support/any-decimal.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { shortOrLong } from '../../support/test-length.ts';

const { canonical, compare } = bigJsArithmetic;
const place = fc.record({
  value: anyDecimal(),
  companyId: fc.integer({ min: 0, max: 2 }).map(companyIdAt),
});

/** As DynamoDB orders sort keys. */
const order = (left: string, right: string): number =>
  Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right)));

describe('a place in a ranking, as a text', () => {
  it('is before another one where its value is less, or its company where the values are equal', () => {
    fc.assert(
      fc.property(place, place, (left, right) => {
        const expected = compare(left.value, right.value) || order(left.companyId, right.companyId);
        expect(order(rankKeyOf(left.value, left.companyId), rankKeyOf(right.value, right.companyId))).toBe(
          Math.sign(expected),
        );
      }),
      { numRuns: shortOrLong(1_000, 5_000) },
    );
  });

  it.each([
    ['1e125', '9.9e124'],
    ['1e-130', '0'],
    ['0', '-1e-130'],
    ['-1e-130', '-1e125'],
    ['10', '9'],
    ['-9', '-10'],
    ['1.1', '1'],
    ['-1', '-1.1'],
    ['0.1', '0.09'],
    ['99999999999999999999999999999999999999', '99999999999999999999999999999999999998'],
  ])('puts %s over %s', (greater, less) => {
    expect(order(rankKeyOf(canonical(greater), 'a'), rankKeyOf(canonical(less), 'b'))).toBe(1);
  });

  it('is short, whatever the value', () => {
    fc.assert(
      fc.property(place, ({ value, companyId }) => {
        expect(rankKeyOf(value, companyId).length).toBeLessThanOrEqual(43 + companyId.length);
      }),
    );
  });
});
