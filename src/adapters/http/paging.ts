import type { Page, PageRequest } from '../../domain/shared/page.ts';
import type { ApiRequest } from './api-request.ts';
import type { Cursors } from './cursors.ts';
import { InvalidRequest } from './invalid-request.ts';
import type { Parameter } from './route.ts';

const MOST = 100;
const USUAL = 25;

export const PAGING: readonly Parameter[] = [
  {
    in: 'query',
    name: 'limit',
    description: 'The most items of a page. A page may be shorter and still have a nextCursor.',
    schema: { type: 'integer', minimum: 1, maximum: MOST, default: USUAL },
    example: '25',
  },
  {
    in: 'query',
    name: 'cursor',
    description: 'The nextCursor of the page before, with the same other parameters.',
    schema: { type: 'string' },
  },
];

/**
 * The page that is asked for.
 *
 * @param list what identifies the list, for its cursors
 * @throws InvalidRequest
 */
export function pageRequestOf(request: ApiRequest, list: readonly unknown[], cursors: Cursors): PageRequest {
  const { limit: given, cursor } = request.query;
  const limit = given === undefined ? USUAL : /^\d{1,3}$/.test(given) ? Number(given) : 0;
  if (limit < 1 || limit > MOST)
    throw InvalidRequest.at('?limit', `must be a whole number from 1 to ${MOST}`);
  return { limit, ...(cursor !== undefined && { after: cursors.read(list, cursor) }) };
}

export function pageBody<Item>(
  page: Page<Item>,
  represent: (item: Item) => object,
  list: readonly unknown[],
  cursors: Cursors,
): object {
  return {
    items: page.items.map(represent),
    ...(page.next !== undefined && { nextCursor: cursors.issue(list, page.next) }),
  };
}
