import type { Page, PageRequest } from '../../src/domain/shared/page.ts';

/** The items of every page of a list. @throws Error where a page holds more than it may */
export async function allPages<Item>(
  limit: number,
  list: (page: PageRequest) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await list({ limit, ...(after !== undefined && { after }) });
    if (page.items.length > limit) throw new Error(`A page of ${limit} holds ${page.items.length}.`);
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}
