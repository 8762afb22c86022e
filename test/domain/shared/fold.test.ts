import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../../../src/domain/shared/text.ts';
import { anyCharacter } from '../../support/any-character.ts';

const unicode = fc.string({ unit: anyCharacter });

describe('folding', () => {
  it.each([
    ['Société Générale', 'SOCIETE GENERALE'],
    ['Straße', 'STRASSE'],
    ['GROẞE', 'große'],
    ['Ａｃｍｅ　１', 'Acme 1'],
    ['ΟΔΟΣ', 'οδος'],
    ['Ørsted', 'ørsted'],
    ['İstanbul', 'ISTANBUL'],
    ['ﬁnance', 'FINANCE'],
    ['Coca\u00adCola', 'cocacola'],
    ['が', 'か\u3099'],
  ])('makes one of %s and %s', (left, right) => {
    expect(fold(left)).toBe(fold(right));
  });

  it.each([
    ['Acme', 'Acne'],
    ['Ørsted', 'Orsted'],
    ['日立', '日産'],
  ])('keeps %s and %s apart', (left, right) => {
    expect(fold(left)).not.toBe(fold(right));
  });

  it.each(['\u0301', '\u200b', '🏳'])('leaves something of %j to sort by', (name) => {
    expect(fold(name)).not.toBe('');
  });

  it('changes nothing that is folded', () => {
    fc.assert(fc.property(unicode, (name) => fold(fold(name)) === fold(name)));
  });

  it('changes nothing that is folded, character by character', () => {
    const unstable = everyCharacter().filter(
      (character) => fold(fold(`a${character}b`)) !== fold(`a${character}b`),
    );
    expect(unstable).toEqual([]);
  });

  it('makes the beginning of a name the beginning of the folded name', () => {
    const lost = everyCharacter().filter(
      (character) => !fold(`a${character}b`).startsWith(fold(`a${character}`)),
    );
    expect(lost).toEqual([]);
  });
});

/** Every character of the planes that names are written in. */
function everyCharacter(): string[] {
  const codePoints = Array.from({ length: 0x20000 }, (_, codePoint) => codePoint);
  return codePoints
    .filter((codePoint) => codePoint < 0xd800 || codePoint > 0xdfff)
    .map((codePoint) => String.fromCodePoint(codePoint));
}
