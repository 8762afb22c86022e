import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CannotDeploy } from '../cannot-deploy.ts';
import { buildBundles } from './build-bundles.ts';
import { compileBundles } from './code-cache/compile-bundles.ts';
import { checkNode } from './code-cache/target-node.ts';
import { NODE_MAJOR } from './entrypoints.ts';

const { values } = parseArgs({ options: { 'code-cache': { type: 'string' } } });
const node = values['code-cache'];

const outFolder = fileURLToPath(new URL('../../dist', import.meta.url));
try {
  // Before anything is written.
  if (node !== undefined) await checkNode(node, NODE_MAJOR);
  await buildBundles(outFolder);
  if (node !== undefined) await compileBundles(outFolder, node);
} catch (error) {
  if (!(error instanceof CannotDeploy)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
