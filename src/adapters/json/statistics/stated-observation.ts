import { isLosslessNumber } from 'lossless-json';
import type { Violation } from '../../../domain/shared/errors.ts';
import type { StatedObservation } from '../../../domain/statistics/observation.ts';

const MEMBERS = ['metric', 'unit', 'observedAt', 'value', 'source', 'reportedAt'] as const;
const OPTIONAL = 'reportedAt';

/** More digits than these, a double may have been rounded to, and nobody could tell. */
const DIGITS_OF_A_NUMBER = 15;

/**
 * An observation as JSON states it, whose numbers are LosslessNumber; or everything that is wrong with how it is written.
 * A value is a text, or a number of at most 15 significant digits.
 */
export function statedObservationOf(
  json: unknown,
): StatedObservation | { readonly violations: readonly Violation[] } {
  if (!isRecord(json)) return { violations: [{ path: [], detail: 'must be an object' }] };
  const violations: Violation[] = [];
  for (const name of Object.keys(json)) {
    if (!MEMBERS.some((known) => known === name))
      violations.push({ path: [name], detail: `is unknown here; known are ${MEMBERS.join(', ')}` });
  }
  const stated: Partial<Record<(typeof MEMBERS)[number], string>> = {};
  for (const name of MEMBERS) {
    const member = json[name];
    if (member === undefined) {
      if (name !== OPTIONAL) violations.push({ path: [name], detail: 'is required' });
      continue;
    }
    const text = name === 'value' ? valueOf(member, violations) : textOf(member, name, violations);
    if (text !== undefined) stated[name] = text;
  }
  return violations.length > 0 ? { violations } : (stated as StatedObservation);
}

function valueOf(member: unknown, violations: Violation[]): string | undefined {
  if (!isLosslessNumber(member)) return textOf(member, 'value', violations);
  const digits = member.value
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  const significant = member.value.includes('.') ? digits.length : digits.replace(/0+$/, '').length;
  if (significant <= DIGITS_OF_A_NUMBER) return member.value;
  violations.push({
    path: ['value'],
    detail:
      `is a number of ${significant} digits, which cannot be told from a rounded one: ` +
      'send it as a text, in quotes',
  });
  return undefined;
}

function textOf(member: unknown, name: string, violations: Violation[]): string | undefined {
  if (typeof member === 'string') return member;
  violations.push({
    path: [name],
    detail: name === 'value' ? 'must be a text or a number' : 'must be a text',
  });
  return undefined;
}

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !isLosslessNumber(json);
}
