import { describe, expect, it } from '@jest/globals';
import { columnMapOf, requiredColumns } from '../../../../src/domain/profiles/import/column-map.ts';
import type { CompanyRow } from '../../../../src/domain/profiles/import/company-row.ts';
import { mapRow } from '../../../../src/domain/profiles/import/map-row.ts';

const TICKER = [{ scheme: 'ticker', column: 'Symbol' }];

function read(map: object, cells: Record<string, string>, fileTime?: string): CompanyRow {
  const whole = { identifiers: TICKER, company: { name: 'Name' }, ...map };
  const row: Record<string, string> = { Symbol: 'X', Name: 'Acme', ...cells };
  return mapRow(columnMapOf(whole), { in: (column) => row[column], fileTime });
}

/** What a source makes of the text in its column. */
function applied(apply: unknown[], text: string): string | undefined {
  return read({ company: { name: 'Name', description: { column: 'It', apply } } }, { It: text }).facts
    .description;
}

describe('mapping a row', () => {
  it('takes the first filled column of several: editions name them differently', () => {
    const company = { name: { column: ['Security', 'Name'] } };
    expect(read({ company }, { Security: 'New Acme' }).facts.name).toBe('New Acme');
    expect(read({ company }, { Security: ' ' }).facts.name).toBe('Acme');
  });

  it('leaves out what is blank, and keeps defaults apart from what is stated', () => {
    const company = { name: 'Name', countryCode: { column: 'Country', default: 'US' }, website: 'Site' };
    expect(read({ company }, { Country: '', Site: '  ' })).toMatchObject({
      facts: { name: 'Acme' },
      defaults: { countryCode: 'US' },
    });
    expect(read({ company }, { Country: 'FR' }).facts).toEqual({ name: 'Acme', countryCode: 'FR' });
  });

  it('reads identifiers in their order and normal form', () => {
    const identifiers = [{ scheme: 'cik', column: 'CIK', optional: true }, ...TICKER];
    expect(read({ identifiers }, { CIK: '320193', Symbol: 'brk.b' }).identifiers).toEqual([
      { scheme: 'cik', value: '0000320193', onlySameName: false },
      { scheme: 'ticker', value: 'BRK-B', onlySameName: false },
    ]);
  });

  it('falls back to another identifier only where a row has none', () => {
    const map = { fallbackIdentifiers: [{ scheme: 'employer-name', column: 'Name', apply: ['fold'] }] };
    expect(read(map, { Symbol: '', Name: 'Été  SA' }).identifiers).toEqual([
      { scheme: 'employer-name', value: 'ete sa', onlySameName: false },
    ]);
    expect(read(map, {}).identifiers).toMatchObject([{ scheme: 'ticker' }]);
  });

  it.each([
    ['no identifier at all', { Symbol: '' }, 'identifiers: the row has none: no ticker'],
    ['an identifier that cannot be', { Symbol: '§' }, 'ticker: "§" is no ticker'],
    ['a row that is no company', { Symbol: 'X-WT' }, 'Symbol: is a warrant'],
    [
      'a value that is not in the table',
      { Country: 'Atlantis' },
      'countryCode: "Atlantis" is not in the table',
    ],
  ])('refuses %s', (_case, cells: Record<string, string>, reason) => {
    const map = {
      company: { name: 'Name', countryCode: { column: 'Country', apply: [{ values: { France: 'FR' } }] } },
      refuse: [{ column: 'Symbol', like: ['*-WT'], because: 'is a warrant' }],
    };
    expect(() => read(map, cells)).toThrow(reason);
  });

  it('tells a part that a filled cell does not have from a blank cell', () => {
    const city = (part: number): object => ({ column: 'HQ', apply: [{ split: ',', part }] });
    const company = {
      name: 'Name',
      registeredOffice: { locality: city(1), region: city(2), postalCode: 'Zip' },
    };
    expect(read({ company }, { HQ: 'Saint Paul, Minnesota', Zip: '' }).facts.registeredOffice).toEqual({
      locality: 'Saint Paul',
      region: 'Minnesota',
    });
    expect(read({ company }, { HQ: 'Dublin', Zip: '' }).facts.registeredOffice).toEqual({
      locality: 'Dublin',
      region: null,
    });
    expect(read({ company }, { HQ: '', Zip: '' }).facts.registeredOffice).toBeUndefined();
  });

  it('has no industry without a code, and labels one by its code', () => {
    const company = { name: 'Name', industry: { scheme: { constant: 'gics' }, code: 'Sector' } };
    expect(read({ company }, { Sector: 'Energy' }).facts.industry).toEqual({
      scheme: 'gics',
      code: 'Energy',
      label: 'Energy',
    });
    expect(read({ company }, { Sector: '' }).facts.industry).toBeUndefined();
  });
});

describe('a transform', () => {
  it.each([
    ['2013 (1888)', '2013'],
    ['1881/1894 (1980)', '1881'],
    ['1975/1977 (1997)', '1975'],
    ['c. 1920', '1920'],
    ['2005 (Molson 1786, Coors 1873)', '2005'],
    ['1998 (1923 / 1874)', '1998'],
    ['unknown', undefined],
  ])('reads %p as the year %p', (text, year) => {
    expect(applied(['year'], text)).toBe(year);
  });

  it.each([
    [[{ padDigits: 8 }], '226143', '00226143'],
    [[{ padDigits: 8 }], 'SC16876', 'SC16876'],
    [['spaces'], '56210,\r\n 70229', '56210, 70229'],
    [[{ split: ',', part: 1 }], '56210,\r\n70229', '56210'],
    [[{ split: ',', part: -1 }], 'a, b,, c', 'c'],
    [[{ split: ',', part: 2, to: -2 }], 'a, b, c, d', 'b, c'],
    [[{ split: ',', part: 2, to: -2 }], 'a, b', undefined],
    [[{ split: ',', part: 2, without: ['uk'] }], 'a, UK, b', 'b'],
    [[{ split: ',', part: -3 }], 'a, b', undefined],
    [[{ like: ['##?-*'] }], '12x-anything', '12x-anything'],
    [[{ like: ['##?-*', 'a*b*c'] }], 'aXbXbc', 'aXbXbc'],
    [[{ like: ['##?-*'] }], '1xx-', undefined],
    [['percent-decode'], 'L%27Or%C3%A9al 100% %FF', "L'Oréal 100% %FF"],
    [['upper'], 'ab', 'AB'],
    [['lower'], 'AB', 'ab'],
    [[{ values: { Côte: 'CI' } }], 'COTE', 'CI'],
    [[{ values: { a: 'b' }, unmapped: 'keep' }], 'c', 'c'],
    [[{ values: { a: 'b' }, unmapped: 'blank' }], 'c', undefined],
  ])('%j makes of %p %p', (apply: unknown[], text, expected) => {
    expect(applied(apply, text)).toBe(expected);
  });

  it('matches a long text against many stars without delay', () => {
    expect(applied([{ like: [`${'*a'.repeat(50)}b`] }], 'a'.repeat(2000))).toBeUndefined();
  });
});

describe('a map', () => {
  it.each([
    [[], 'must be an object'],
    [{ company: { name: 'Name' } }, 'identifiers: must have an entry'],
    [{ identifiers: TICKER }, 'company: must be an object'],
    [{ identifiers: TICKER, company: {} }, 'company.name: must be mapped'],
    [{ identifiers: TICKER, company: { name: 'N', founded: 'F' } }, 'company.founded: is unknown here'],
    [
      { identifiers: [{ scheme: 'A b', column: 'X' }], company: { name: 'N' } },
      'identifiers.0.scheme: must be a slug',
    ],
    [{ identifiers: TICKER, company: { name: {} } }, 'company.name: must have a column'],
    [
      { identifiers: TICKER, company: { name: { column: 'N', constant: 'A' } } },
      'company.name.constant: must not stand beside a column',
    ],
    [
      { identifiers: TICKER, company: { name: { column: 'N', apply: ['shout'] } } },
      'company.name.apply.0: "shout" is none of upper',
    ],
    [
      { identifiers: TICKER, company: { name: { column: 'N', apply: [{ split: ',', part: 0 }] } } },
      'company.name.apply.0.part: must be a whole number',
    ],
    [
      { identifiers: [{ scheme: 'a', column: 'X', default: 'd' }], company: { name: 'N' } },
      'identifiers.0.default',
    ],
    [{ identifiers: TICKER, company: { name: 'N' }, format: 'xml' }, 'format: must be one of csv'],
    [{ identifiers: TICKER, company: { name: 'N' }, delimiter: ';;' }, 'delimiter: must be one character'],
  ])('is refused by the name of what is wrong: %j', (map, reason) => {
    expect(() => columnMapOf(map)).toThrow(reason);
  });

  it('knows which columns a file must have', () => {
    const map = columnMapOf({
      identifiers: [{ scheme: 'cik', column: 'CIK', optional: true }, ...TICKER],
      company: { name: { column: ['Security', 'Name'] }, countryCode: { constant: 'US' } },
    });
    expect(requiredColumns(map)).toEqual([['Symbol'], ['Security', 'Name']]);
  });
});
