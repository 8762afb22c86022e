import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { ENTRYPOINTS, type Entrypoint } from './entrypoints.ts';
import { lambdaOnly } from './lambda-only.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** How everything that starts in a Lambda is bundled, what it is compared with too. */
export const TUNED = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  // CommonJS starts sooner than a module, and only it can be compiled ahead.
  format: 'cjs',
  supported: { 'dynamic-import': false },
  outExtension: { '.js': '.cjs' },
  // Modules rather than CommonJS where a package has both: of these only what is used is bundled.
  mainFields: ['module', 'main'],
  plugins: [lambdaOnly],
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * Writes `bundles/<entrypoint>/index.cjs` for each Lambda, complete as it is, and `source-maps/<entrypoint>/index.cjs.map`:
 * what is uploaded has no source maps, which a cold start would read.
 */
export async function buildBundles(
  outFolder: string,
  entrypoints: readonly Entrypoint[] = ENTRYPOINTS,
): Promise<void> {
  const folders = { code: join(outFolder, 'bundles'), maps: join(outFolder, 'source-maps') };
  await Promise.all(Object.values(folders).map((folder) => rm(folder, { recursive: true, force: true })));
  const { outputFiles } = await build({
    ...TUNED,
    entryPoints: entrypoints.map((name) => ({
      in: `src/entrypoints/lambda/${name}.ts`,
      out: join(name, 'index'),
    })),
    outdir: folders.code,
    sourcemap: 'external',
    write: false,
  });
  await Promise.all(
    outputFiles.map(async ({ path, contents }) => {
      const target = path.endsWith('.map') ? join(folders.maps, relative(folders.code, path)) : path;
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, contents);
    }),
  );
}
