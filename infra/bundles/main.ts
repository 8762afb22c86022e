import { fileURLToPath } from 'node:url';
import { buildBundles } from './build-bundles.ts';

await buildBundles(fileURLToPath(new URL('../../dist', import.meta.url)));
