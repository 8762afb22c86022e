import { describe, expect, it } from '@jest/globals';
import { isSame } from '../../../src/domain/shared/equality.ts';

describe('equality of values', () => {
  it.each([
    [
      { a: 1, b: [1, { c: 'x' }] },
      { b: [1, { c: 'x' }], a: 1 },
    ],
    [{ a: undefined }, {}],
    ['é', '\u00e9'],
    [undefined, undefined],
  ])('holds for %j and %j', (left, right) => {
    expect(isSame(left, right)).toBe(true);
  });

  it.each([
    [{ a: 1 }, { a: 1, b: 1 }],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 2]],
    [[], {}],
    [null, {}],
    [null, undefined],
    ['1', 1],
    ['é', 'e\u0301'],
  ])('does not hold for %j and %j', (left, right) => {
    expect(isSame(left, right)).toBe(false);
    expect(isSame(right, left)).toBe(false);
  });
});
