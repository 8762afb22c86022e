import type { TimeRange } from '../../../application/statistics/ports/series-readings.ts';
import { InvalidInput, type Violation } from '../../../domain/shared/errors.ts';
import { beginningOf, observedAtOf, type ObservedAt } from '../../../domain/statistics/observed-at.ts';
import type { ApiRequest } from '../api-request.ts';
import { InvalidRequest, inQuery } from '../invalid-request.ts';
import type { Parameter } from '../route.ts';

const SPELLINGS = 'A year, a month, a date or an instant (2024, 2024-03, 2024-03-31, 2024-03-31T16:00:00Z).';

export const TIME_RANGE: readonly Parameter[] = [
  {
    in: 'query',
    name: 'from',
    description: `What begins then or later: the month 2024-03 begins with its first day. ${SPELLINGS}`,
    schema: { type: 'string' },
    example: '2023',
  },
  {
    in: 'query',
    name: 'to',
    description: `What begins before: from=2023 and to=2024 is all of 2023. ${SPELLINGS}`,
    schema: { type: 'string' },
    example: '2024',
  },
];

/** @throws InvalidRequest */
export function timeRangeOf({ query }: ApiRequest): TimeRange {
  const violations: Violation[] = [];
  const [from, to] = (['from', 'to'] as const).map((name) => timeIn(query[name], name, violations));
  if (violations.length > 0) throw inQuery(new InvalidInput(violations));
  if (from !== undefined && to !== undefined && from >= to) {
    throw InvalidRequest.at('?to', 'must be later than from: what begins at it is no longer in the range');
  }
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function timeIn(text: string | undefined, name: string, violations: Violation[]): ObservedAt | undefined {
  if (text === undefined) return undefined;
  if (/\d \d\d:?\d\d$/.test(text)) {
    violations.push({ path: [name], detail: 'has a space before its offset: a + must be written as %2B' });
    return undefined;
  }
  const time = observedAtOf(text, [name], violations);
  return time && beginningOf(time);
}
