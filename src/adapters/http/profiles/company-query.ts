import type { CompanyQuery } from '../../../application/profiles/ports/company-directory.ts';
import { BOUNDS, STATUSES, type Status } from '../../../domain/profiles/company-facts.ts';
import { isCountryCode } from '../../../domain/profiles/country.ts';
import { textOf } from '../../../domain/shared/text.ts';
import type { Violation } from '../../../domain/shared/errors.ts';
import type { ApiRequest } from '../api-request.ts';
import { INDUSTRY, industryOf } from '../industry-parameter.ts';
import { InvalidRequest } from '../invalid-request.ts';
import type { Parameter } from '../route.ts';

export const COMPANY_QUERY: readonly Parameter[] = [
  {
    in: 'query',
    name: 'name',
    description: 'How the name begins; case and accents do not matter.',
    schema: { type: 'string', minLength: 1, maxLength: BOUNDS.name },
    example: 'apple',
  },
  {
    in: 'query',
    name: 'country',
    description: 'ISO 3166-1 alpha-2.',
    schema: { type: 'string', minLength: 2, maxLength: 2 },
    example: 'US',
  },
  INDUSTRY,
  {
    in: 'query',
    name: 'status',
    description: 'Narrows any of the others, or stands alone.',
    schema: { type: 'string', enum: STATUSES },
    example: 'active',
  },
];

const WAYS = ['name', 'country', 'industry'] as const;

/** What a list of companies is asked for by. @throws InvalidRequest */
export function companyQueryOf({ query }: ApiRequest): CompanyQuery {
  const given = WAYS.filter((way) => query[way] !== undefined);
  if (given.length > 1) {
    const detail =
      'cannot be combined: give name, country or industry, or none of them, each with status or without';
    throw new InvalidRequest(given.map((way) => ({ pointer: `?${way}`, detail })));
  }
  const { name, country, industry, status } = query;
  const narrowed = status === undefined ? {} : { status: statusOf(status) };
  if (name !== undefined) return { by: 'name', prefix: prefixOf(name), ...narrowed };
  if (country !== undefined) return { by: 'country', countryCode: countryCodeOf(country), ...narrowed };
  if (industry !== undefined) return { by: 'industry', ...industryOf(industry), ...narrowed };
  return { by: 'nothing', ...narrowed };
}

function prefixOf(name: string): string {
  const violations: Violation[] = [];
  textOf(name, [], { longest: BOUNDS.name }, violations);
  if (violations.length > 0)
    throw new InvalidRequest(violations.map(({ detail }) => ({ pointer: '?name', detail })));
  return name;
}

function countryCodeOf(country: string): string {
  const code = country.toUpperCase();
  if (!isCountryCode(code)) {
    throw InvalidRequest.at('?country', 'must be an ISO 3166-1 alpha-2 country code, such as US');
  }
  return code;
}

function statusOf(status: string): Status {
  const known = STATUSES.find((each) => each === status);
  if (known === undefined) throw InvalidRequest.at('?status', `must be one of ${STATUSES.join(', ')}`);
  return known;
}
