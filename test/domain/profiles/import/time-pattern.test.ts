import { describe, expect, it } from '@jest/globals';
import { timeReadingOf } from '../../../../src/domain/profiles/import/time-pattern.ts';

const read = (pattern: string, text: string): string | undefined => timeReadingOf(pattern, [])(text);

describe('a pattern of times', () => {
  it.each([
    ['{YYYY}-{MM}-{DD}T{hh}{mm}Z.csv', '2013-02-10T1235Z.csv', '2013-02-10T12:35Z'],
    ['{YYYY}-##.csv', '2017-18.csv', '2017'],
    ['*{YYYY}-##.csv', 'UK pay 2017-18.csv', '2017'],
    ['{YYYY}/{MM}/{DD} {hh}:{mm}:{ss}', '2024/02/29 23:59:58', '2024-02-29T23:59:58Z'],
    ['{DD}/{MM}/{YYYY}', '05/04/2018', '2018-04-05'],
    ['{D}.{M}.{YYYY}', '5.4.2018', '2018-04-05'],
    ['{MM}{YYYY}', '122019', '2019-12'],
    ['Q? ({YYYY})', 'Q1 (2019)', '2019'],
  ])('%s reads %s', (pattern, text, time) => {
    expect(read(pattern, text)).toBe(time);
  });

  it.each([
    ['{YYYY}.csv', '2017xcsv'],
    ['{YYYY}.csv', '12017.csv'],
    ['{YYYY}-{MM}-{DD}', '2023-02-29'],
    ['{YYYY}-{MM}', '2023-13'],
    ['{YYYY}-{MM}-{DD} {hh}:{mm}', '2023-01-01 24:00'],
    ['*{YYYY}-##.csv', 'export-2023-09-25.csv'],
  ])('%s reads nothing in %s', (pattern, text) => {
    expect(read(pattern, text)).toBeUndefined();
  });

  it.each(['*.csv', '{MM}', '{YYYY}{DD}', '{YYYY}{YYYY}', '{YYYY}-{MM}-{DD} {hh}', '{yyyy}'])(
    '%s is refused: it names no time',
    (pattern) => {
      expect(() => read(pattern, '')).toThrow('must have {YYYY}');
    },
  );

  it('is refused with stars that would be tried in too many ways', () => {
    expect(() => read('*-*-*{YYYY}', '')).toThrow('must have at most 2 stars');
  });
});
