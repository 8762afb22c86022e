import fc from 'fast-check';
import { bigJsArithmetic } from '../../src/adapters/system/big-js-arithmetic.ts';
import type { Decimal } from '../../src/domain/shared/decimal.ts';

/** Any decimal that can be kept: of either sign, up to 38 digits, of any magnitude, many of them close to each other. */
export function anyDecimal(): fc.Arbitrary<Decimal> {
  const digits = fc.oneof(
    fc.stringMatching(/^[1-9]\d{0,37}$/),
    fc.constantFrom('1', '10', '11', '19', '2', '12345678901234567890123456789012345678', '9'),
  );
  // Of one digit before the point, so that the magnitude is the exponent.
  const exponent = fc.oneof(fc.integer({ min: -130, max: 125 }), fc.constantFrom(-130, -1, 0, 1, 2, 125));
  return fc
    .tuple(fc.constantFrom('', '-'), digits, exponent, fc.integer({ min: 0, max: 15 }))
    .map(([sign, [first, ...others], magnitude, isZero]) =>
      bigJsArithmetic.canonical(isZero === 0 ? '0' : `${sign}${first}.${others.join('')}0e${magnitude}`),
    );
}
