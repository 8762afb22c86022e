import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ALL_KEYS,
  allKeyOf,
  companyIdIn,
  companyPk,
  cutToBytes,
  key,
} from '../../../src/adapters/dynamodb/keys.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { companyIdAt } from '../../support/company-mother.ts';

const part = fc.string({ unit: fc.constantFrom('a', '#', '%', '2', '3', '5', 'é', '\u0001'), maxLength: 6 });

describe('a key', () => {
  it('is one of no two lists of parts', () => {
    const decoded = (text: string): string => text.replaceAll('%23', '#').replaceAll('%25', '%');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        expect(
          key(...parts)
            .split('#')
            .map(decoded),
        ).toEqual(parts);
      }),
    );
  });

  it('has its separator between its parts alone', () => {
    expect(key('IDENTIFIER', 'ticker', 'A#B%23')).toBe('IDENTIFIER#ticker#A%23B%2523');
  });

  it('of a company tells its id', () => {
    expect(companyIdIn(companyPk(companyIdAt(7)))).toBe(companyIdAt(7));
  });

  it('of the index of everything spreads companies over its shards, each always to the same', () => {
    const ids = Array.from({ length: 800 }, (_, number) => companyIdAt(number));
    const sizes = ALL_KEYS.map((shard) => ids.filter((id) => allKeyOf(id) === shard).length);

    expect(ALL_KEYS).toEqual(['ALL#0', 'ALL#1', 'ALL#2', 'ALL#3', 'ALL#4', 'ALL#5', 'ALL#6', 'ALL#7']);
    expect(Math.min(...sizes)).toBeGreaterThan(60);
    expect(allKeyOf(companyIdAt(1))).toBe('ALL#2');
  });
});

describe('a text cut to bytes', () => {
  it('is the longest beginning that fits, of whole code points', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.nat(40), (text, bytes) => {
        const cut = cutToBytes(text, bytes);
        const [next = ''] = text.slice(cut.length);
        expect(text.startsWith(cut)).toBe(true);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes);
        expect(next === '' || Buffer.byteLength(cut + next) > bytes).toBe(true);
      }),
    );
  });
});
