import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
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
 * The paths of the programs, bundled once in a run of jest with the packages that they use: a start then takes a tenth of
 * the processor time of a start from the sources.
 */
export function bundledPrograms(): Promise<Programs> {
  return (bundled ??= bundledInRun());
}

async function bundledInRun(): Promise<Programs> {
  const run = process.env.TEST_RUN_FOLDER!;
  const folder = join(run, 'programs');
  if (!existsSync(folder)) {
    const own = await mkdtemp(join(run, 'bundling-'));
    await bundleTo(own);
    // Where another test file was faster, its bundles are as good.
    await rename(own, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  }
  return { server: join(folder, 'server.mjs'), command: join(folder, 'command.mjs') };
}

async function bundleTo(outdir: string): Promise<void> {
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
}
