import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  columnMapOf,
  fileTimeOf,
  requiredColumns,
} from '../../../../src/domain/profiles/import/column-map.ts';
import { mapRow } from '../../../../src/domain/profiles/import/map-row.ts';
import type { StatedObservation } from '../../../../src/domain/profiles/import/stated-observation.ts';

const COMPANY = { identifiers: [{ scheme: 'ticker', column: 'Symbol' }], company: { name: 'Name' } };
const SHARED = {
  unit: { constant: 'USD' },
  observedAt: { constant: '2024' },
  source: { constant: 'test' },
};
const PRICE = { metric: { constant: 'price' }, value: 'Price' };

function read(
  observations: object,
  cells: Record<string, string>,
  fileTime?: string,
  fileTimePattern = '{YYYY}',
): readonly StatedObservation[] {
  const row: Record<string, string> = { Symbol: 'X', Name: 'Acme', ...cells };
  const map = columnMapOf({ ...COMPANY, fileTime: fileTimePattern, observations });
  return mapRow(map, { in: (column) => row[column], fileTime }).observations;
}

/** What a source makes of a row. */
function valueOf(source: unknown, cells: Record<string, string>, fileTime?: string): string | undefined {
  return read({ ...SHARED, metrics: [{ ...PRICE, value: source }] }, cells, fileTime)[0]?.value;
}

describe('the observations of a row', () => {
  it('are as many as its metrics have values: what is blank has not been reported', () => {
    const metrics = [
      PRICE,
      { metric: { constant: 'yield' }, unit: { constant: 'percent' }, value: 'Yield' },
      { metric: { constant: 'cap' }, value: { column: 'Cap', apply: ['number'] } },
      { metric: { constant: 'sales' }, value: 'Sales' },
    ];
    expect(read({ ...SHARED, metrics }, { Price: '1.0', Yield: '2', Cap: 'N/A', Sales: '' })).toEqual([
      { metric: 'price', unit: 'USD', observedAt: '2024', value: '1.0', source: 'test' },
      { metric: 'yield', unit: 'percent', observedAt: '2024', value: '2', source: 'test' },
    ]);
  });

  it('take their parts from columns, and a report without a time has none', () => {
    const parts = {
      metric: 'What',
      unit: 'In',
      observedAt: 'When',
      value: 'It',
      source: 'Who',
      reportedAt: 'Told',
    };
    const cells = { What: 'price', In: 'EUR', When: '2024-03', It: '5', Who: 'me', Told: '2024-04-01' };
    const observation = { metric: 'price', unit: 'EUR', observedAt: '2024-03', value: '5', source: 'me' };
    expect(read({ metrics: [parts] }, cells)).toEqual([{ ...observation, reportedAt: '2024-04-01' }]);
    expect(read({ metrics: [parts] }, { ...cells, Told: '' })).toEqual([observation]);
  });

  it('are not there where the map has none', () => {
    const row = mapRow(columnMapOf(COMPANY), { in: () => 'X' });
    expect(row.observations).toEqual([]);
  });

  it('take their time from the name of the file', () => {
    const observedAt = { fileTime: true };
    expect(read({ ...SHARED, observedAt, metrics: [PRICE] }, { Price: '1' }, '2017')).toMatchObject([
      { observedAt: '2017' },
    ]);
  });

  it('prefer a column to the name of the file, where the column is filled', () => {
    const observedAt = [
      { column: 'Due', optional: true, apply: [{ date: '{YYYY}/{MM}/{DD} *' }, 'year', { plus: -1 }] },
      { fileTime: true, optional: true },
    ];
    const at = (cells: Record<string, string>, fileTime?: string): unknown =>
      read({ ...SHARED, observedAt, metrics: [PRICE] }, { Price: '1', ...cells }, fileTime)[0]?.observedAt;
    expect(at({ Due: '2024/04/05 00:00:00' }, '2011')).toBe('2023');
    expect(at({ Due: '' }, '2017')).toBe('2017');
    expect(at({})).toBe('');
  });

  it('may depend on the era of the file', () => {
    const source = [
      { column: 'Cap', apply: [{ like: ['*B'] }, 'number'] },
      { column: 'Cap', before: '2018-02-09', apply: ['number', { times: 1_000_000_000 }] },
      { column: 'Cap', since: '2018-02-09', apply: ['number'] },
    ];
    expect(valueOf(source, { Cap: '70.537' }, '2018-02-08T23:59Z')).toBe('70537000000');
    expect(valueOf(source, { Cap: '138721055226' }, '2018-02-09T00:00Z')).toBe('138721055226');
    expect(valueOf(source, { Cap: '63.802B' }, '2013')).toBe('63802000000');
    expect(valueOf(source, { Cap: '63.802B' }, '2024-10')).toBe('63802000000');
    expect(valueOf(source, { Cap: 'what?' }, '2013')).toBe('what?');
  });

  it('scale by powers of ten exactly, and read dates of several formats', () => {
    expect(valueOf({ column: 'It', apply: [{ times: 100 }] }, { It: '0.019199999' })).toBe('1.9199999');
    expect(valueOf({ column: 'It', apply: [{ times: 0.001 }] }, { It: '7' })).toBe('0.007');
    const date = { column: 'It', apply: [{ date: ['{YYYY}/{MM}/{DD} {hh}:{mm}:{ss}', '{DD}/{MM}/{YYYY}'] }] };
    expect(valueOf(date, { It: '2023/08/29 08:30:05' })).toBe('2023-08-29T08:30:05Z');
    expect(valueOf(date, { It: '05/04/2018' })).toBe('2018-04-05');
    expect(valueOf(date, { It: 'soon' })).toBe('soon');
    expect(valueOf({ column: 'It', apply: [{ replace: '.', with: '-' }] }, { It: 'A.B.C' })).toBe('A-B-C');
  });

  it('name a metric after its tag and its duration in months; an instant has none', () => {
    const metric = {
      join: [
        { column: 'tag', apply: ['slug'] },
        { months: { from: 'start', to: 'end' }, optional: true },
      ],
      with: '-',
    };
    const named = (tag: string, start: string, end: string): unknown =>
      read({ ...SHARED, metrics: [{ ...PRICE, metric }] }, { Price: '1', tag, start, end })[0]?.metric;
    expect(named('AccountsPayableCurrent', '', '2012-12-31')).toBe('accounts-payable-current');
    expect(named('Revenues', '2012-07-01', '2012-09-30')).toBe('revenues-3m');
    expect(named('Revenues', '2012-01-01', '2012-06-30')).toBe('revenues-6m');
    expect(named('Revenues', '2012-01-01', '2012-09-30')).toBe('revenues-9m');
    expect(named('Revenues', '2012-01-01', '2012-12-31')).toBe('revenues-12m');
    expect(named('Revenues', '2017-10-01', '2018-09-29')).toBe('revenues-12m');
    expect(named('Revenues', '2017-10-01', '2017-12-23')).toBe('revenues-3m');
    expect(named('Revenues', '2012-01-01', '2012-01-07')).toBe('revenues-7d');
    expect(named('TaxCutsAndJobsActOf2017Percent', '', '')).toBe('tax-cuts-and-jobs-act-of2017-percent');
  });

  it('never give two tags one slug', () => {
    const tag = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,8}$/);
    const slug = (name: string): string | undefined =>
      valueOf({ column: 'It', apply: ['slug'] }, { It: name });
    expect(slug('AccumulatedOCIToIncome')).not.toBe(slug('AccumulatedOciToIncome'));
    fc.assert(
      fc.property(tag, tag, (one, other) => {
        expect(slug(one)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(slug(one) === slug(other)).toBe(one === other);
      }),
    );
    expect(() => slug('not_camel')).toThrow('is no name in CamelCase');
  });
});

describe('a map of observations', () => {
  it.each([
    [{ metrics: [] }, 'observations.metrics: must have an entry'],
    [{}, 'observations.metrics: must be a list'],
    [{ metrics: [PRICE] }, 'observations.metrics.0.unit: must be mapped, here or once for all metrics'],
    [{ ...SHARED, metrics: [{ value: 'Price' }] }, 'observations.metrics.0.metric: must be mapped'],
    [{ ...SHARED, metric: 'x', metrics: [PRICE] }, 'observations.metric: is unknown here'],
    [
      { ...SHARED, metrics: [{ ...PRICE, metric: { constant: 'Price' } }] },
      'observations.metrics.0.metric.constant: must be a slug',
    ],
    [
      { ...SHARED, unit: { constant: 'u'.repeat(51) }, metrics: [PRICE] },
      'observations.unit.constant: must have at most 50 characters',
    ],
    [
      { ...SHARED, metrics: [{ ...PRICE, value: { column: 'Price', default: '0' } }] },
      'observations.metrics.0.value.default: is only for texts of the company',
    ],
    [
      { ...SHARED, metrics: [{ ...PRICE, value: { column: 'Price', fileTime: true } }] },
      'observations.metrics.0.value.fileTime: must not stand beside a column',
    ],
    [
      { ...SHARED, metrics: [{ ...PRICE, value: { column: 'Price', before: 'soon' } }] },
      'observations.metrics.0.value.before: must be a year, a month or a date',
    ],
    [
      { ...SHARED, metrics: [{ ...PRICE, value: { column: 'Price', apply: [{ times: 3 }] } }] },
      'observations.metrics.0.value.apply.0.times: must be a power of ten',
    ],
    [
      { ...SHARED, metrics: [{ ...PRICE, value: { column: 'Price', with: '-' } }] },
      'observations.metrics.0.value.with: is only for what is joined',
    ],
    [
      { ...SHARED, metrics: [{ ...PRICE, value: { months: { from: 'start' } } }] },
      'observations.metrics.0.value.months.to: must be a text',
    ],
  ])('%j is refused by the name of what is wrong', (observations, message) => {
    expect(() => columnMapOf({ ...COMPANY, fileTime: '{YYYY}', observations })).toThrow(message);
  });

  it('that asks for the time of the file says how its name tells it', () => {
    const observations = { ...SHARED, observedAt: { fileTime: true }, metrics: [PRICE] };
    expect(() => columnMapOf({ ...COMPANY, observations })).toThrow(
      'fileTime: must say how the name of a file',
    );
    const map = columnMapOf({ ...COMPANY, fileTime: ['{YYYY}.csv', 'in {YYYY}'], observations });
    expect(fileTimeOf(map, 'in 2024')).toBe('2024');
    expect(() => fileTimeOf(map, 'other.csv')).toThrow('"other.csv", is like no pattern of the map');
  });

  it('needs no time of a file where it is optional, but does where an era is asked for', () => {
    const observedAt = [
      { column: 'When', optional: true },
      { fileTime: true, optional: true },
    ];
    const map = { ...COMPANY, fileTime: '{YYYY}', observations: { ...SHARED, observedAt, metrics: [PRICE] } };
    expect(fileTimeOf(columnMapOf(map), 'other')).toBeUndefined();
    const name = [{ column: 'Name', since: '2020' }, { column: 'Title' }];
    expect(() => fileTimeOf(columnMapOf({ ...map, company: { name } }), 'other')).toThrow(
      'is like no pattern',
    );
  });

  it('knows which columns a file of a time must have', () => {
    const metrics = [
      {
        ...PRICE,
        value: [
          { column: 'Old', before: '2018' },
          { column: 'New', since: '2018' },
        ],
      },
      { ...PRICE, metric: { join: ['tag', { months: { from: 'start', to: 'end' } }] }, value: 'Price' },
    ];
    const map = columnMapOf({ ...COMPANY, fileTime: '{YYYY}', observations: { ...SHARED, metrics } });
    expect(requiredColumns(map, '2017')).toEqual([
      ['Symbol'],
      ['Name'],
      ...[['Old'], ['tag'], ['start'], ['end'], ['Price']],
    ]);
    expect(requiredColumns(map, '2018')).toContainEqual(['New']);
  });

  it('states records of nested JSON in one way', () => {
    const records = (path: unknown): unknown => columnMapOf({ ...COMPANY, records: path }).layout.records;
    expect(records('facts/{tag}')).toEqual([{ key: 'facts' }, { column: 'tag' }]);
    for (const path of ['', '/facts', 'facts//{tag}', '{tag}/{tag}']) {
      expect(() => records(path)).toThrow('records: must');
    }
    expect(() => columnMapOf({ ...COMPANY, format: 'csv', records: 'facts' })).toThrow(
      'records: is only for JSON',
    );
  });
});
