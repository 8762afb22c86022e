import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { increased, numberIn, scaled } from '../../../../src/domain/profiles/import/number-text.ts';

describe('a number as files write it', () => {
  it.each([
    ['63.802B', '63802000000'],
    ['1.5m', '1500000'],
    ['-0.052 K', '-52'],
    ['3.49T', '3490000000000'],
    ['0.00001M', '10'],
    ['1,234,567.89', '1234567.89'],
    ['2.07%', '2.07'],
    ['-12 %', '-12'],
    ['$1,000', '1000'],
    ['-£0.5', '-0.5'],
    ['(3.20)', '-3.20'],
    ['.5', '.5'],
    ['212.09999999999998', '212.09999999999998'],
    ['1.2e-7', '1.2e-7'],
    ['1.2e3K', '1.2e6'],
  ])('%j is %s', (text, plain) => {
    expect(numberIn(text)).toBe(plain);
  });

  it.each(['N/A', 'n/a', '-', '--', '–', 'NA', 'null'])('%j says that there is none', (text) => {
    expect(numberIn(text)).toBe('');
  });

  it.each(['12..5', '1,5', '1,23,456', 'B', 'Infinity', 'NaN', 'about 5', '5 to 6', '', '%'])(
    '%j is no number, and stays as it is, so that whoever keeps figures refuses it',
    (text) => {
      expect(numberIn(text)).toBe(text);
    },
  );

  it('keeps every digit, however many there are', () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{0,40}$/);
    const sign = fc.constantFrom('', '-');
    const fraction = fc.stringMatching(/^[0-9]{0,20}[1-9]$/);
    fc.assert(
      fc.property(sign, digits, fraction, fc.integer({ min: -30, max: 30 }), (minus, whole, after, zeros) => {
        const text = `${minus}${whole}.${after}`;
        const moved = scaled(text, zeros);
        // As whole numbers of the smallest unit that there can be.
        const units = (number: string): bigint => {
          const [before = '', behind = ''] = number.split('.');
          return BigInt(`${before.replace('-', '')}${behind.padEnd(60, '0')}`);
        };
        const shift = 10n ** BigInt(Math.abs(zeros));
        expect(units(moved)).toBe(zeros < 0 ? units(text) / shift : units(text) * shift);
        expect(moved.startsWith('-')).toBe(minus === '-');
        expect(scaled(moved, -zeros)).toBe(text);
      }),
    );
  });
});

describe('a whole number more or less', () => {
  it('is exact, and other texts stay as they are', () => {
    expect(increased('2024', -1)).toBe('2023');
    expect(increased('9007199254740993', 1)).toBe('9007199254740994');
    expect(increased('2024.5', 1)).toBe('2024.5');
  });
});
