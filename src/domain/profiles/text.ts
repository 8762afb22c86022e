import type { Violation } from '../shared/errors.ts';

// C0, DEL and C1 controls.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/u;
const CONTROL_BUT_LINE_BREAKS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;
// Embeddings, overrides and isolates of the Unicode Bidirectional Algorithm (UAX #9): they make a text read as another one.
const BIDI_CONTROL = /[\u202a-\u202e\u2066-\u2069]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;

export interface TextRule {
  /** The most Unicode code points, counted after NFC and trimming. */
  readonly longest: number;
  readonly shortest?: number;
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
  const length = codePoints(text);
  const shortest = rule.shortest ?? 1;
  if (length < shortest) refuse(length === 0 ? 'must not be blank' : `must have at least ${shortest} characters`);
  if (length > rule.longest) refuse(`must have at most ${rule.longest} characters, has ${length}`);
  return text;
}

/**
 * The form of a name by which it is sorted and found: compatibility-decomposed, without combining marks, case-folded.
 * `Société Générale` and `SOCIETE GENERALE` are one.
 */
export function fold(name: string): string {
  const folded = name.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase().trim();
  return folded === '' ? name.normalize('NFC') : folded;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
