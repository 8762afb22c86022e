import { InvalidRequest } from './invalid-request.ts';
import type { Parameter } from './route.ts';

export const INDUSTRY: Parameter = {
  in: 'query',
  name: 'industry',
  description: 'The scheme in upper or lower case, a colon, and the code within it as it was given.',
  schema: { type: 'string' },
  example: 'gics:45202030',
};

/** @throws InvalidRequest */
export function industryOf(industry: string): { scheme: string; code: string } {
  const colon = industry.indexOf(':');
  const [scheme, code] = [industry.slice(0, colon).toLowerCase(), industry.slice(colon + 1)];
  if (colon < 1 || code === '') {
    throw InvalidRequest.at(
      '?industry',
      'must be a scheme and a code with a colon between them, such as gics:45202030',
    );
  }
  return { scheme, code };
}
