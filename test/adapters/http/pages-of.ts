import { expect } from '@jest/globals';
import type { Answer, BothServices } from './both-services.ts';

const MOST_PAGES = 100;

/** The bodies of all pages of a list. @param list the name of the member that holds the items */
export async function pagesOf(
  { send }: Pick<BothServices, 'send'>,
  line: string,
  limit: number,
  list = 'items',
): Promise<Answer['body'][]> {
  const pages: Answer['body'][] = [];
  let next = '';
  do {
    const { status, body } = await send(`${line}${line.includes('?') ? '&' : '?'}limit=${limit}${next}`);
    expect(status).toBe(200);
    expect((body[list] as unknown[]).length).toBeLessThanOrEqual(limit);
    pages.push(body);
    // A list that never ends must not run for ever.
    expect(pages.length).toBeLessThan(MOST_PAGES);
    const cursor = body['nextCursor'];
    next = typeof cursor === 'string' ? `&cursor=${cursor}` : '';
  } while (next !== '');
  return pages;
}
