import { describe, expect, it } from '@jest/globals';
import { identifierOf, isExclusive, type Identifier } from '../../../src/domain/shared/identifier.ts';
import { InvalidInput, type Violation } from '../../../src/domain/shared/errors.ts';
import { sharedRows } from '../../support/shared-data.ts';
import { violationsOf } from '../../support/violations-of.ts';

function normalized(scheme: string, value: string): Identifier {
  const violations: Violation[] = [];
  const identifier = identifierOf({ scheme, value }, [], violations);
  if (violations.length > 0) throw new InvalidInput(violations);
  return identifier;
}

const valueOf = (scheme: string, value: string): string => normalized(scheme, value).value;
const faultsOf = (scheme: string, value: string): string[] => violationsOf(() => normalized(scheme, value));

describe('a scheme', () => {
  it('is written in lower case, without white space at its ends', () => {
    expect(normalized(' LEI ', '549300B56MD0ZC402L06').scheme).toBe('lei');
  });

  it.each(['', 'a b', 'a#b', '-a', 'a-', 'é', '__proto__', 'a'.repeat(41)])('is a slug, not %j', (scheme) => {
    expect(faultsOf(scheme, 'x')).toEqual(['scheme: must be a slug such as lei or registration-number']);
  });

  it.each(['constructor', 'tostring', 'vat', '0'])('may be one that nobody knows: %s', (scheme) => {
    expect(normalized(scheme, 'aB 1')).toEqual({ scheme, value: 'aB 1' });
    expect(isExclusive(scheme)).toBe(false);
  });

  it.each(['lei', 'cik', 'registration-number'])('%s belongs to one company', (scheme) => {
    expect(isExclusive(scheme)).toBe(true);
  });

  it.each(['isin', 'ticker'])('%s may be shared', (scheme) => {
    expect(isExclusive(scheme)).toBe(false);
  });
});

describe('an LEI', () => {
  it('is written in upper case without spaces', () => {
    expect(valueOf('lei', ' 5493 00b5 6md0 zc40 2l06 ')).toBe('549300B56MD0ZC402L06');
  });

  it.each([
    '549300B56MD0ZC402L07',
    '549300B56MD0ZC402L60',
    '549300B56MD0ZC402L0',
    '549300B56MD0ZC402L066',
    '549300B56MD0ZC402LÖ6',
    '０49300B56MD0ZC402L06',
  ])('has check digits that fit, unlike %s', (value) => {
    expect(faultsOf('lei', value)).toEqual([
      'value: is no LEI: 20 letters and digits whose ISO 17442 check digits must fit',
    ]);
  });

  it('is valid wherever it was issued, and no more when one digit is changed', () => {
    const issued = sharedRows('gleif/lei-names.csv')?.map((row) => row['lei']!) ?? ['549300B56MD0ZC402L06'];
    expect(issued.filter((lei) => faultsOf('lei', lei).length > 0)).toEqual([]);
    const changed = issued.map((lei) => (lei.startsWith('1') ? '2' : '1') + lei.slice(1));
    expect(
      changed.filter((lei, index) => lei !== issued[index] && faultsOf('lei', lei).length === 0),
    ).toEqual([]);
  });
});

describe('an ISIN', () => {
  it('is written in upper case without spaces', () => {
    expect(valueOf('isin', 'us 0378331005')).toBe('US0378331005');
  });

  it.each(['US0378331006', 'US3078331005', 'US037833100', '000378331005', 'US037833100X'])(
    'has a check digit that fits, unlike %s',
    (value) => {
      expect(faultsOf('isin', value)).toEqual([
        'value: is no ISIN: 12 letters and digits whose ISO 6166 check digit must fit',
      ]);
    },
  );

  it('is valid wherever it was issued', () => {
    const issued = sharedRows('equities/NYQ.csv')?.map((row) => row['isin']!) ?? ['US00846U1016'];
    expect(issued.filter((isin) => isin !== '' && faultsOf('isin', isin).length > 0)).toEqual([]);
  });
});

describe('a CIK', () => {
  it.each(['320193', '0000320193', ' 00320193 '])('is padded to ten digits: %j', (value) => {
    expect(valueOf('cik', value)).toBe('0000320193');
  });

  it.each(['0', '0000000000', '12345678901', '32O193', '-1', '٣'])(
    'is a number of up to ten digits, not %s',
    (value) => {
      expect(faultsOf('cik', value)).toEqual(['value: is no CIK: up to 10 digits']);
    },
  );
});

describe('a ticker', () => {
  it.each(['BRK.B', 'BRK-B', 'BRK/B', 'brk b'])('is one however its share class is written: %s', (value) => {
    expect(valueOf('ticker', value)).toBe('BRK-B');
  });

  it.each(['', 'A#B', '-A', 'É'])('is not %j', (value) => {
    expect(faultsOf('ticker', value)).toHaveLength(1);
  });
});

describe('a registration number', () => {
  it('is written in upper case and keeps its zeros', () => {
    expect(valueOf('registration-number', ' sc000123 ')).toBe('SC000123');
  });

  it('is composed after it was put in upper case', () => {
    const value = valueOf('registration-number', '\u0390');
    expect(valueOf('registration-number', value)).toBe(value);
  });
});

describe('the value of an identifier', () => {
  it.each([
    ['', 'must not be blank'],
    ['a'.repeat(101), 'must have at most 100 characters, has 101'],
    ['a\u0000', 'must not contain control characters'],
    ['a\ud800', 'must not contain a lone surrogate'],
  ])('is a text: %j', (value, fault) => {
    expect(faultsOf('vat', value)).toEqual([`value: ${fault}`]);
  });
});
