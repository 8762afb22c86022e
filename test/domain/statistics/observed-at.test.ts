import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Violation } from '../../../src/domain/shared/errors.ts';
import {
  beginningOf,
  observedAtOf,
  precisionOf,
  yearOf,
  type ObservedAt,
} from '../../../src/domain/statistics/observed-at.ts';

function read(text: string): ObservedAt | undefined {
  const violations: Violation[] = [];
  const observedAt = observedAtOf(text, ['observedAt'], violations);
  expect(violations.map(({ path }) => path)).toEqual(observedAt === undefined ? [['observedAt']] : []);
  return observedAt;
}

const anyTime = fc
  .tuple(
    fc.date({
      min: new Date('0001-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    }),
    fc.constantFrom('yyyy', 'yyyy-mm', 'yyyy-mm-dd', 'yyyy-mm-ddThh:mm:ss.sssZ'),
    fc.constantFrom('', '-01-01T00:00:00.000Z', '-01T00:00:00.000Z', 'T00:00:00.000Z'),
  )
  .map(([date, { length }, beginning]) => {
    const text = date.toISOString();
    return `${text.slice(0, text.length - beginning.length)}${beginning}`.slice(0, length) as ObservedAt;
  });

/** The instant at which it begins. */
function startOf(observedAt: ObservedAt): number {
  return Date.parse(`${observedAt}${'0000-01-01T00:00:00.000Z'.slice(observedAt.length)}`);
}

describe('a time of observation', () => {
  it.each([
    ['2024', '2024', 'year'],
    ['0001', '0001', 'year'],
    ['2024-03', '2024-03', 'month'],
    ['2024-02-29', '2024-02-29', 'date'],
    ['2024-03-31T16:00:00.000Z', '2024-03-31T16:00:00.000Z', 'instant'],
    ['2024-03-31T16:00Z', '2024-03-31T16:00:00.000Z', 'instant'],
    ['2024-03-31T16:00:00.5Z', '2024-03-31T16:00:00.500Z', 'instant'],
    ['2024-12-31T23:30:00-05:00', '2025-01-01T04:30:00.000Z', 'instant'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z', 'instant'],
  ])('is read from %s as %s, a %s', (text, expected, precision) => {
    const observedAt = read(text)!;
    expect(observedAt).toBe(expected);
    expect(precisionOf(observedAt)).toBe(precision);
    expect(yearOf(observedAt)).toBe(expected.slice(0, 4));
  });

  it.each([
    '',
    '24',
    '0000',
    '0000-05',
    '02024',
    '2024-13',
    '2024-00',
    '2023-02-29',
    '2024-02-30',
    '2024-04-31',
    '2024-3-1',
    '2024-03-31T16:00:00',
    '2024-03-31 16:00:00Z',
    '2024-03-31T16:00:00.1234Z',
    '2024-03-31T24:00:00Z',
    '2024-03-31T25:00:00Z',
    '2024-03-31T16:60:00Z',
    '2024-03-31T16:00:00+25:00',
    '2024-03-31T16:00:00+01:60',
    '2024-02-30T16:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '+002024-01-01T00:00:00Z',
    'today',
    ' 2024',
    '2024\n',
  ])('is not read from %j', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it.each([
    ['2024-02-30', 'is on no day of the calendar: there is no 2024-02-30'],
    ['2023-02-29T10:00:00Z', 'is on no day of the calendar: there is no 2023-02-29'],
  ])('says of %j that there is no such day', (text, detail) => {
    const violations: Violation[] = [];
    observedAtOf(text, ['observedAt'], violations);
    expect(violations).toEqual([{ path: ['observedAt'], detail }]);
  });

  it('is read from itself', () => {
    fc.assert(fc.property(anyTime, (time) => expect(read(time)).toBe(time)));
  });

  it('ascends as a text with its beginning, the coarser one first', () => {
    fc.assert(
      fc.property(anyTime, anyTime, (left, right) => {
        const byStart = startOf(left) - startOf(right) || left.length - right.length;
        expect(left < right).toBe(byStart < 0);
      }),
    );
  });

  it.each([
    ['2024', '2024'],
    ['2024-01', '2024'],
    ['2024-01-01', '2024'],
    ['2024-01-01T00:00:00.000Z', '2024'],
    ['2024-03-01', '2024-03'],
    ['2024-01-02', '2024-01-02'],
    ['2024-03-01T00:00:00.000Z', '2024-03'],
    ['2024-03-31T00:00:00.000Z', '2024-03-31'],
    ['2024-01-01T00:00:00.001Z', '2024-01-01T00:00:00.001Z'],
    ['0101-01-01', '0101'],
  ])('%s begins with %s', (time, beginning) => {
    expect(beginningOf(time as ObservedAt)).toBe(beginning);
  });

  it('comes before the beginning of another, as a text, where it begins before that one', () => {
    fc.assert(
      fc.property(anyTime, anyTime, (time, bound) => {
        expect(startOf(beginningOf(bound))).toBe(startOf(bound));
        expect(time < beginningOf(bound)).toBe(startOf(time) < startOf(bound));
      }),
    );
  });
});
