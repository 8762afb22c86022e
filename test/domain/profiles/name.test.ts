import { describe, expect, it } from '@jest/globals';
import { companyFactsOf } from '../../../src/domain/profiles/company-facts.ts';
import { someFacts } from '../../support/company-mother.ts';
import { violationsOf } from '../../support/violations-of.ts';

const nameOf = (name: string): string => companyFactsOf(someFacts({ name })).name;
const faultsOf = (name: string): string[] => violationsOf(() => nameOf(name));

describe('a name', () => {
  it.each([
    'Alphabet Inc.',
    'Société Générale',
    '株式会社日立製作所',
    'Газпром',
    'شركة الزيت العربية السعودية',
    'בנק הפועלים',
    'ธนาคารกรุงเทพ',
    'टाटा कंसल्टेंसी सर्विसेज़',
    'Ωμέγα',
    '𠮷野家',
    '👩‍👩‍👧‍👦 & Sons 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    'می‌خواهم',
    'x̂ᵢ',
    '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    'constructor',
    '__proto__',
  ])('is kept as it is: %s', (name) => {
    expect(nameOf(name)).toBe(name.normalize('NFC'));
  });

  it('is composed', () => {
    expect(nameOf('Socie\u0301te\u0301')).toBe('Soci\u00e9t\u00e9');
  });

  it.each([' Acme ', '\tAcme\r\n', '\u00a0Acme\u3000', '\ufeffAcme', '\u2028Acme\u2029'])(
    'has no white space at its ends: %j',
    (name) => {
      expect(nameOf(name)).toBe('Acme');
    },
  );

  it('may have 200 code points, however many units they take', () => {
    expect(nameOf('a'.repeat(200))).toHaveLength(200);
    expect([...nameOf('🏭'.repeat(200))]).toHaveLength(200);
    expect([...nameOf(` ${'e\u0301'.repeat(200)} `)]).toHaveLength(200);
  });

  it.each(['a'.repeat(201), '🏭'.repeat(201), 'x\u0301'.repeat(101)])('may not have more: %#', (name) => {
    expect(faultsOf(name)).toEqual([`name: must have at most 200 characters, has ${[...name].length}`]);
  });

  it.each(['', '   ', '\n', '\u200b', '\u00ad\u2060', '\u3164', '\ufeff\u200d'])(
    'may not be invisible: %j',
    (name) => {
      expect(faultsOf(name)).toEqual(['name: must not be blank']);
    },
  );

  it.each(['A\u0000B', '\u0000', 'A\u0007B', 'A\nB', 'A\u007fB', 'A\u0085B', 'A\u2028B', 'A\u2029B'])(
    'may not contain a control character: %j',
    (name) => {
      expect(faultsOf(name)).toEqual(['name: must not contain control characters']);
    },
  );

  it.each(['A\u202eB', 'A\u202aB', 'A\u2066B', '\u2069B'])(
    'may not contain what changes the direction of reading: %j',
    (name) => {
      expect(faultsOf(name)).toEqual(['name: must not contain bidirectional control characters']);
    },
  );

  it.each(['A\ud800', '\udc00A', 'A\udc00\ud800B'])('may not contain half a character: %j', (name) => {
    expect(faultsOf(name)).toEqual(['name: must not contain a lone surrogate']);
  });

  it.each(['A\ufffeB', 'A\uffffB', 'A\ufdd0B', 'A\u{1ffff}B'])(
    'may not contain what is no character: %j',
    (name) => {
      expect(faultsOf(name)).toEqual([
        'name: must not contain code points that are no characters, such as U+FFFE',
      ]);
    },
  );
});
