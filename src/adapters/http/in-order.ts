import { rulesOf, type DtoClass } from './dto.ts';

/**
 * The members that the class declares, in its order, and so on within: a map that was stored comes back in any order.
 * What is absent stays absent.
 */
export function inOrder(type: DtoClass, value: object): object {
  const members = value as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const [name, { type: nested, list }] of rulesOf(type)) {
    const member = members[name];
    if (member === undefined) continue;
    if (nested === undefined) ordered[name] = member;
    else if (list) ordered[name] = (member as readonly object[]).map((entry) => inOrder(nested(), entry));
    else ordered[name] = inOrder(nested(), member as object);
  }
  return ordered;
}
