import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bigJsArithmetic as arithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { decimalOf, isStorable, type Decimal } from '../../../src/domain/shared/decimal.ts';
import type { Violation } from '../../../src/domain/shared/errors.ts';
import { shortOrLong } from '../../support/test-length.ts';

function read(text: string): string {
  const violations: Violation[] = [];
  const decimal = decimalOf(text, ['value'], arithmetic, violations);
  expect(violations).toHaveLength(decimal === undefined ? 1 : 0);
  return decimal ?? violations[0]!.detail;
}

/** A number as its digits and the power of ten that they count: exact, and no decimal library's. */
interface Scaled {
  readonly digits: bigint;
  readonly exponent: number;
}

function spelled({ digits, exponent }: Scaled): string {
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits);
  if (text === '0') return '0';
  if (exponent >= 0) return `${sign}${text}${'0'.repeat(exponent)}`;
  const padded = text.padStart(1 - exponent, '0');
  const fraction = padded.slice(exponent).replace(/0+$/, '');
  return `${sign}${padded.slice(0, exponent)}${fraction === '' ? '' : `.${fraction}`}`;
}

const scaled = fc.oneof(
  fc.record({
    digits: fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
    exponent: fc.integer({ min: -60, max: 60 }),
  }),
  // About as many digits as a double keeps.
  fc.record({
    digits: fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
    exponent: fc.integer({ min: -17, max: 2 }),
  }),
);

describe('a decimal', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['0.000', '0'],
    ['0e999999', '0'],
    ['00012.500', '12.5'],
    ['+.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['-1.2E-3', '-0.0012'],
    ['63.802e9', '63802000000'],
    ['9007199254740993', '9007199254740993'],
    ['0.10000000000000000555', '0.10000000000000000555'],
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
    ['123456789012345678901234567890123456780000', '123456789012345678901234567890123456780000'],
    ['1e125', `1${'0'.repeat(125)}`],
    ['9.9e125', `99${'0'.repeat(124)}`],
    ['1e-130', `0.${'0'.repeat(129)}1`],
    ['1.5e-130', `0.${'0'.repeat(129)}15`],
  ])('is read from %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    'NaN',
    'Infinity',
    '1,000',
    '0x10',
    '1e',
    '.',
    '-',
    '1_000',
    '１',
    '--1',
    '1e1.5',
  ])('is not read from %j', (text) => {
    expect(read(text)).toContain('must be a decimal number');
  });

  it.each(['1e126', '1e309', '-1e126', '9.9e-131', '1e-131', '1e999999'])(
    'does not reach as far as %s',
    (text) => {
      expect(read(text)).toContain('between 1e-130 and 1e126');
    },
  );

  it.each(['123456789012345678901234567890123456789', `1.${'0'.repeat(37)}1`, '-1e38000001'])(
    'has no more than 38 digits: %s',
    (text) => {
      expect(read(text)).toMatch(/38 significant digits|in magnitude|decimal number/);
    },
  );

  it('is not read from a text of great length', () => {
    expect(read('0'.repeat(300))).toBe('0');
    expect(read('0'.repeat(301))).toContain('300 characters');
  });

  it('is the number that was written, however it was', () => {
    fc.assert(
      fc.property(scaled, fc.integer({ min: 0, max: 5 }), ({ digits, exponent }, zeros) => {
        const expected = spelled({ digits, exponent });
        expect(read(`${digits}e${exponent}`)).toBe(expected);
        expect(read(`${digits}${'0'.repeat(zeros)}E${exponent - zeros}`)).toBe(expected);
        expect(read(expected)).toBe(expected);
        expect(isStorable(expected as Decimal)).toBe(true);
      }),
    );
  });

  it.each([
    ['9'.repeat(38), true],
    ['9'.repeat(39), false],
    [`1${'0'.repeat(60)}`, true],
    [`1${'0'.repeat(37)}.1`, false],
    [`0.${'0'.repeat(129)}1`, true],
    [`0.${'0'.repeat(130)}1`, false],
    [`1${'0'.repeat(126)}`, false],
    ['0', true],
  ])('%s can be kept: %s', (text, expected) => {
    expect(isStorable(text as Decimal)).toBe(expected);
  });
});

/** Half-even, of 34 digits. */
function meanOf({ digits, exponent }: Scaled, count: bigint): Scaled {
  const negative = digits < 0n;
  // Twice as many digits as are needed, and whether anything is left behind them.
  const dividend = (negative ? -digits : digits) * 10n ** 80n;
  const quotient = dividend / count;
  const dropped = Math.max(String(quotient).length - 34, 0);
  const unit = 10n ** BigInt(dropped);
  const whole = quotient / unit;
  const twice = 2n * (dividend - whole * unit * count);
  const half = unit * count;
  const rounded = twice > half || (twice === half && whole % 2n === 1n) ? whole + 1n : whole;
  return { digits: negative ? -rounded : rounded, exponent: exponent - 80 + dropped };
}

describe('the arithmetic of decimals', () => {
  const at = (exponent: number, { digits, exponent: own }: Scaled): bigint =>
    digits * 10n ** BigInt(own - exponent);
  const decimal = (number: Scaled): Decimal => spelled(number) as Decimal;

  it('is exact', () => {
    fc.assert(
      fc.property(scaled, scaled, (left, right) => {
        const exponent = Math.min(left.exponent, right.exponent);
        const [a, b] = [at(exponent, left), at(exponent, right)];
        expect(arithmetic.plus(decimal(left), decimal(right))).toBe(spelled({ digits: a + b, exponent }));
        expect(arithmetic.minus(decimal(left), decimal(right))).toBe(spelled({ digits: a - b, exponent }));
        const order = arithmetic.compare(decimal(left), decimal(right));
        expect(Math.sign(order)).toBe(a === b ? 0 : a < b ? -1 : 1);
      }),
      { numRuns: 1_000 },
    );
  });

  it('adds what lies farthest apart, and many tenths', () => {
    const [large, tiny] = [read('9e125'), read('-1e-130')] as Decimal[];
    const sum = arithmetic.plus(large!, tiny!);
    expect(arithmetic.minus(sum, large!)).toBe(tiny);
    const tenth = read('0.1') as Decimal;
    const many = shortOrLong(100_000, 1_000_000);
    let tenths = tenth;
    for (let count = 1; count < many; count++) tenths = arithmetic.plus(tenths, tenth);
    expect(tenths).toBe(String(many / 10));
  });

  it.each([
    ['10', 4, '2.5'],
    ['-1', 3, '-0.3333333333333333333333333333333333'],
    ['2', 3, '0.6666666666666666666666666666666667'],
    // Of 35 digits, of which the last one is a 5: to the even neighbour.
    ['24690000000000000000000000000000010', 2, '12345000000000000000000000000000000'],
    ['24690000000000000000000000000000030', 2, '12345000000000000000000000000000020'],
    ['0', 7, '0'],
  ])('has %s in %i parts as %s', (sum, count, mean) => {
    expect(arithmetic.mean(sum as Decimal, count)).toBe(mean);
  });

  it('rounds a mean to the even neighbour of 34 digits, and to no other', () => {
    fc.assert(
      fc.property(scaled, fc.integer({ min: 1, max: 1_000_000_000 }), (sum, count) => {
        expect(arithmetic.mean(decimal(sum), count)).toBe(spelled(meanOf(sum, BigInt(count))));
      }),
      { numRuns: 1_000 },
    );
  });
});
