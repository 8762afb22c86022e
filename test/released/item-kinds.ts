import { readFileSync } from 'node:fs';
import type { RawItem } from '../support/system-on-tables.ts';

/** A kind of item, as docs/data-model.md tells its keys. */
interface Kind {
  readonly name: string;
  readonly keys: RegExp;
}

const HEADINGS = { profiles: '## Profiles', statistics: '## Statistics' } as const;
type Table = keyof typeof HEADINGS;

/** The kinds of items that the documented model of a table has. */
export function documentedKinds(table: Table): Kind[] {
  const text = readFileSync('docs/data-model.md', 'utf8');
  const [, section = ''] = text.split(new RegExp(`^${HEADINGS[table]}.*$`, 'm'));
  const rows = section.split(/^## /m)[0]!.matchAll(/^\|[^|]+\| `([^`]+)` +\| `([^`]+)` +\|$/gm);
  return [...rows].map(([, pk = '', sk = '']) => ({
    name: `${pk} ${sk}`,
    keys: new RegExp(`^${patternOf(pk)} ${patternOf(sk)}$`),
  }));
}

/** Which items the documents tell of nowhere, and which kinds none of the items is of. */
export function kindsOf(
  table: Table,
  items: readonly RawItem[],
): { readonly undocumented: string[]; readonly unwritten: string[] } {
  const kinds = documentedKinds(table);
  const keys = items.map(({ pk, sk }) => `${pk} ${sk}`);
  return {
    undocumented: keys.filter((key) => !kinds.some((kind) => kind.keys.test(key))),
    unwritten: kinds.filter((kind) => !keys.some((key) => kind.keys.test(key))).map(({ name }) => name),
  };
}

/** `REVISION#<version, 10 digits>`: what stands in angle brackets may be anything. */
function patternOf(key: string): string {
  return key
    .split(/<[^>]+>/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^ ]+');
}
