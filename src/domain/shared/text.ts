import type { Violation } from './errors.ts';

// C0, DEL and C1 controls, and the separators of lines and paragraphs.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u;
const CONTROL_BUT_LINE_BREAKS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;
// Embeddings, overrides and isolates of the Unicode Bidirectional Algorithm (UAX #9): they make a text read as another one.
const BIDI_CONTROL = /[\u202a-\u202e\u2066-\u2069]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;
const NONCHARACTER = /\p{Noncharacter_Code_Point}/u;
// A text of nothing else shows nothing: U+200B, U+00AD and the like, which trimming leaves.
const INVISIBLE_ONLY = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*$/u;

export interface TextRule {
  /** The most Unicode code points, counted after NFC and trimming. */
  readonly longest: number;
  readonly lineBreaks?: boolean;
}

/**
 * A text as it is stored: NFC, without white space at its ends. What is wrong with it goes to `violations`.
 */
export function textOf(
  input: string,
  path: readonly (string | number)[],
  rule: TextRule,
  violations: Violation[],
): string {
  const refuse = (detail: string): number => violations.push({ path, detail });
  if (LONE_SURROGATE.test(input)) refuse('must not contain a lone surrogate');
  const text = input.normalize('NFC').trim();
  if ((rule.lineBreaks ? CONTROL_BUT_LINE_BREAKS : CONTROL).test(text))
    refuse('must not contain control characters');
  if (BIDI_CONTROL.test(text)) refuse('must not contain bidirectional control characters');
  if (NONCHARACTER.test(text)) refuse('must not contain code points that are no characters, such as U+FFFE');
  const length = codePoints(text);
  if (INVISIBLE_ONLY.test(text)) refuse('must not be blank');
  if (length > rule.longest) refuse(`must have at most ${rule.longest} characters, has ${length}`);
  return text;
}

/**
 * The form of a name by which it is sorted and found: compatibility-decomposed, without combining marks and invisible
 * characters, case-folded. `Société Générale` and `SOCIETE GENERALE` are one.
 */
export function fold(name: string): string {
  const letters = name.normalize('NFKD').replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '');
  // Lower case first, since only the small ß has a capital form of two letters. A sigma that ends a prefix may stand
  // within the name.
  const folded = letters.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').trim();
  return folded === '' ? name.normalize('NFC') : folded;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
