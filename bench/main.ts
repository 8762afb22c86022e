import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchLambdas } from './bench-lambdas.ts';
import { measureAll } from './measure-all.ts';
import { withLambdas } from './report-lambdas.ts';

// `npm run bench` measures everything, `npm run bench -- lambdas [--node PATH]` the Lambdas alone, in a Node of one's choice.
const {
  positionals: [part],
  values: { node },
} = parseArgs({ allowPositionals: true, options: { node: { type: 'string', default: process.execPath } } });
if (part !== undefined && part !== 'lambdas') throw new Error(`There is no part ${part}: there is lambdas.`);

const results = new URL('results.md', import.meta.url);
const page = part === 'lambdas' ? await readFile(results, 'utf8') : await measureAll();
const complete = withLambdas(page, await benchLambdas(node));
await writeFile(results, complete);
console.log(complete);
