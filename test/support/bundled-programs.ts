import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll } from '@jest/globals';
import { build, type Plugin } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAMS = { server: 'src/entrypoints/local/main.ts', command: 'src/entrypoints/cli/main.ts' };

type Programs = Readonly<Record<keyof typeof PROGRAMS, string>>;

/** Modules of src/ look for files from where they are, which a bundle is not. */
const sourceUrls: Plugin = {
  name: 'source-urls',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8')).replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
    })),
};

let bundled: Promise<Programs> | undefined;

/**
 * The paths of the programs, bundled for one test file with the packages that they use: a start then takes a tenth of
 * the processor time of a start from the sources.
 */
export function bundledPrograms(): Promise<Programs> {
  return (bundled ??= bundle());
}

afterAll(async () => {
  if (bundled) await rm(dirname((await bundled).server), { recursive: true });
});

async function bundle(): Promise<Programs> {
  // Below node_modules, so that what stays outside of the bundle is found.
  const cache = join(ROOT, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const outdir = await mkdtemp(join(cache, 'programs-'));
  await build({
    absWorkingDir: ROOT,
    entryPoints: Object.entries(PROGRAMS).map(([out, path]) => ({ in: path, out })),
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    // Modules rather than CommonJS where a package has both: of these only what is used is bundled.
    mainFields: ['module', 'main'],
    // It loads its WebAssembly from beside itself.
    external: ['node-sqlite3-wasm'],
    // Packages of the older kind ask for Node's modules by it.
    banner: { js: `const require = (await import('node:module')).createRequire(import.meta.url);` },
    plugins: [sourceUrls],
    logLevel: 'warning',
  });
  return { server: join(outdir, 'server.mjs'), command: join(outdir, 'command.mjs') };
}
