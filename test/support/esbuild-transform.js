import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform, version } from 'esbuild';

const tsconfigRaw = readFileSync(join(import.meta.dirname, '../../tsconfig.json'), 'utf8');

/** How jest runs a TypeScript module: without its types, which `npm run typecheck` is for. */
export default {
  getCacheKey: (source, path, { configString }) =>
    createHash('sha256').update([version, tsconfigRaw, configString, path, source].join('\0')).digest('hex'),
  processAsync: (source, path) =>
    transform(source, { loader: 'ts', target: 'node20', sourcemap: 'inline', sourcefile: path, tsconfigRaw }),
};
