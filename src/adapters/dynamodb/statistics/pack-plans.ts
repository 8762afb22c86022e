import type { ItemKey } from '../keys.ts';
import type { BoardPlan } from './board-plan.ts';

/** The most items that DynamoDB writes at once. */
const MOST_ITEMS = 100;

/** Plans in their order, as many together as one transaction takes: an aggregate that several exchange is one item. */
export function packed(plans: readonly BoardPlan[]): BoardPlan[][] {
  const batches: BoardPlan[][] = [];
  let items = Infinity;
  let aggregates = new Set<string>();
  for (const plan of plans) {
    const own = plan.exchanges.map(({ key }) => textOf(key));
    const more = own.filter((key) => !aggregates.has(key)).length;
    if (items + plan.writes.length + more > MOST_ITEMS) {
      batches.push([]);
      items = 0;
      aggregates = new Set();
    }
    for (const key of own) {
      if (!aggregates.has(key)) items++;
      aggregates.add(key);
    }
    items += plan.writes.length;
    batches.at(-1)!.push(plan);
  }
  return batches;
}

/** One text for a key, another one for every other. */
export function textOf({ pk, sk }: ItemKey): string {
  return JSON.stringify([pk, sk]);
}
