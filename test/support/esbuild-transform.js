import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform, version } from 'esbuild';

const tsconfigRaw = readFileSync(join(import.meta.dirname, '../../tsconfig.json'), 'utf8');

/** The oldest Node that is supported: from 20.10 on, a module says of JSON that it imports it as such. */
const TARGET = 'node20.19';

/** How jest runs a TypeScript module: without its types, which `npm run typecheck` is for. */
export default {
  getCacheKey: (source, path, { configString }) =>
    createHash('sha256')
      .update([version, TARGET, tsconfigRaw, configString, path, source].join('\0'))
      .digest('hex'),
  processAsync: (source, path) =>
    transform(source, { loader: 'ts', target: TARGET, sourcemap: 'inline', sourcefile: path, tsconfigRaw }),
};
