import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildBundles } from './build-bundles.ts';
import { compileBundles } from './code-cache/compile-bundles.ts';

const { values } = parseArgs({ options: { 'code-cache': { type: 'string' } } });
const node = values['code-cache'];

const outFolder = fileURLToPath(new URL('../../dist', import.meta.url));
await buildBundles(outFolder);
if (node !== undefined) await compileBundles(outFolder, node);
