import { RegistryError } from '../../domain/shared/errors.ts';
import type { ApiRequest } from './api-request.ts';
import { InvalidRequest } from './invalid-request.ts';
import { positiveInteger } from './positive-integer.ts';
import type { Parameter } from './route.ts';

export const IF_MATCH: Parameter = {
  in: 'header',
  name: 'If-Match',
  description: 'The ETag of the version that the change was decided on.',
  required: true,
  schema: { type: 'string' },
  example: '"1"',
};

export const IF_NONE_MATCH: Parameter = {
  in: 'header',
  name: 'If-None-Match',
  description:
    'The ETag of what the caller has; where it is still the current one, the answer is a 304 without a body.',
  schema: { type: 'string' },
  example: '"1"',
};

/** The ETag of a version: `"7"`. */
export function entityTagOf(version: number): string {
  return `"${version}"`;
}

/**
 * The version that a change was decided on.
 *
 * @throws RegistryError version-required where there is no If-Match, InvalidRequest where it is not one version's ETag
 */
export function expectedVersion(request: ApiRequest): number {
  const header = request.header('if-match');
  if (header === undefined) {
    throw new RegistryError(
      'version-required',
      'version-required',
      'Give the ETag of the version that you decided on as If-Match, so that nobody else’s change is lost.',
    );
  }
  const tag = header.trim();
  const [, digits = ''] = /^"([^"]*)"$/.exec(tag) ?? [];
  const version = positiveInteger(digits);
  if (version === undefined) throw InvalidRequest.at('If-Match', whyNot(tag));
  return version;
}

/** Whether the caller has the version already, by If-None-Match, where weak tags do; what is no tag is ignored. */
export function isUnchanged(request: ApiRequest, version: number): boolean {
  const header = request.header('if-none-match');
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return [...header.matchAll(/"([^"]*)"/g)].some(([, tag]) => tag === String(version));
}

function whyNot(tag: string): string {
  if (tag === '*') return 'must name a version, such as "1": * would overwrite whatever is there';
  if (tag.startsWith('W/')) return 'must be a strong entity tag: the ETag as it was given, such as "1"';
  return 'must be one version’s ETag as it was given, with its quotes, such as "1"';
}
