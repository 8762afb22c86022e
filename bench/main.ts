import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchGatewayCpu } from './bench-gateway-cpu.ts';
import { benchLambdas } from './bench-lambdas.ts';
import { withChapter } from './chapter.ts';
import { measureAll } from './measure-all.ts';

// `npm run bench` measures everything; `npm run bench -- gateway-cpu` and `npm run bench -- lambdas [--node PATH]` one chapter
// alone, the Lambdas in a Node of one's choice.
const {
  positionals: [part],
  values: { node },
} = parseArgs({ allowPositionals: true, options: { node: { type: 'string', default: process.execPath } } });
const chapters = new Map<string, () => Promise<string>>([
  ['gateway-cpu', benchGatewayCpu],
  ['lambdas', () => benchLambdas(node)],
]);
if (part !== undefined && !chapters.has(part))
  throw new Error(`There is no part ${part}: there are ${[...chapters.keys()].join(' and ')}.`);

const results = new URL('results.md', import.meta.url);
let page = part === undefined ? await measureAll() : await readFile(results, 'utf8');
for (const [name, measure] of chapters) {
  if (part === undefined || part === name) page = withChapter(page, await measure());
}
await writeFile(results, page);
console.log(page);
