import fc from 'fast-check';

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;
const CHARACTERS = 0x110000 - SURROGATES;

/**
 * Any character of Unicode, as a unit of `fc.string`. Unlike `binary` of fast-check it does not begin with a table of all
 * of them, which takes a second.
 */
export const anyCharacter = fc
  .nat({ max: CHARACTERS - 1 })
  .map((index) => String.fromCodePoint(index < FIRST_SURROGATE ? index : index + SURROGATES), indexOf);

/** By this, fast-check puts texts of its own among the others, such as `__proto__`. */
function indexOf(character: unknown): number {
  const codePoint = typeof character === 'string' ? character.codePointAt(0) : undefined;
  if (codePoint === undefined || String.fromCodePoint(codePoint) !== character)
    throw new Error('not one character');
  return codePoint < FIRST_SURROGATE ? codePoint : codePoint - SURROGATES;
}
