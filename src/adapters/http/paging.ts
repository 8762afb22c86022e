import type { Page, PageRequest } from '../../domain/shared/page.ts';
import type { ApiRequest } from './api-request.ts';
import type { Cursors } from './cursors.ts';
import { InvalidRequest } from './invalid-request.ts';
import type { Parameter } from './route.ts';

/** How many items a page may hold. */
export interface PageSizes {
  readonly most: number;
  /** Where no limit is given. */
  readonly usual: number;
}

const PAGE_SIZES: PageSizes = { most: 100, usual: 25 };

export function pagingBy({ most, usual }: PageSizes): readonly Parameter[] {
  return [
    {
      in: 'query',
      name: 'limit',
      description: 'The most items of a page. A page may be shorter and still have a nextCursor.',
      schema: { type: 'integer', minimum: 1, maximum: most, default: usual },
      example: String(usual),
    },
    {
      in: 'query',
      name: 'cursor',
      description: 'The nextCursor of the page before, with the same other parameters.',
      schema: { type: 'string' },
    },
  ];
}

export const PAGING = pagingBy(PAGE_SIZES);

/**
 * The page that is asked for.
 *
 * @param list what identifies the list, for its cursors
 * @throws InvalidRequest, Unavailable
 */
export async function pageRequestOf(
  request: ApiRequest,
  list: readonly unknown[],
  cursors: Cursors,
  { most, usual } = PAGE_SIZES,
): Promise<PageRequest> {
  const { limit: given, cursor } = request.query;
  const limit = given === undefined ? usual : /^\d{1,4}$/.test(given) ? Number(given) : 0;
  if (limit < 1 || limit > most)
    throw InvalidRequest.at('?limit', `must be a whole number from 1 to ${most}`);
  return { limit, ...(cursor !== undefined && { after: await cursors.read(list, cursor) }) };
}

/** @throws Unavailable */
export async function pageBody<Item>(
  page: Page<Item>,
  represent: (item: Item) => object,
  list: readonly unknown[],
  cursors: Cursors,
): Promise<object> {
  return { items: page.items.map(represent), ...(await nextCursorOf(page, list, cursors)) };
}

/** Where the list goes on, if it does, as a member of the answer. @throws Unavailable */
export async function nextCursorOf(
  { next }: Page<unknown>,
  list: readonly unknown[],
  cursors: Cursors,
): Promise<{ nextCursor?: string }> {
  return next === undefined ? {} : { nextCursor: await cursors.issue(list, next) };
}
