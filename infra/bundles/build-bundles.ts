import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ENTRYPOINTS, type Entrypoint } from './entrypoints.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Writes a folder with `index.mjs` for each Lambda. */
export async function buildBundles(
  outFolder: string,
  entrypoints: readonly Entrypoint[] = ENTRYPOINTS,
): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: entrypoints.map((name) => ({
      in: `src/entrypoints/lambda/${name}.ts`,
      out: join(name, 'index'),
    })),
    outdir: outFolder,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    // Modules rather than CommonJS where a package has both: of these only what is used is bundled.
    mainFields: ['module', 'main'],
    // Packages of the older kind ask for Node's modules by it.
    banner: { js: `import{createRequire}from'node:module';const require=createRequire(import.meta.url);` },
    legalComments: 'none',
    logLevel: 'warning',
  });
}
