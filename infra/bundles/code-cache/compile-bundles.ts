import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { TUNED } from '../build-bundles.ts';
import { ENTRYPOINTS, type Entrypoint } from '../entrypoints.ts';
import { warmUpEvents } from './warm-up-events.ts';
import { startWarmUpTable } from './warm-up-table.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** What a bundle must find in its environment to start. Nothing is reached by it but the table of the warm-up. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  PROFILES_TABLE: 'profiles',
  STATISTICS_TABLE: 'statistics',
  COMPANY_EVENTS_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:company-events',
  DOCUMENTS_BUCKET: 'documents',
  IMPORTS_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/imports',
  PROFILES_FUNCTION: 'profiles',
  STATISTICS_FUNCTION: 'statistics',
  CURSOR_SECRET: 'none, since nothing is signed here',
  AUTHORIZED_SERVICE: 'profiles',
  JWT_ISSUER: 'https://issuer.example',
  JWT_AUDIENCE: 'none',
};

/**
 * Compiles built bundles ahead, each in a process of the Node that is to run them: V8 takes compiled code from its very own
 * build alone. `index.cjs` becomes a loader of the bundle and its code cache.
 *
 * @param node the path of the target's own Node
 * @throws where a bundle cannot be started in it
 */
export async function compileBundles(
  outFolder: string,
  node: string,
  entrypoints: readonly Entrypoint[] = ENTRYPOINTS,
): Promise<void> {
  const tools = await mkdtemp(join(tmpdir(), 'warm-up-'));
  const table = await startWarmUpTable();
  try {
    const warmUp = join(tools, 'warm-up.cjs');
    await build({ ...TUNED, entryPoints: [join(HERE, 'warm-up.ts')], outfile: warmUp });
    for (const name of entrypoints)
      await compile(name, join(outFolder, 'bundles', name), [node, warmUp], table.endpoint);
  } finally {
    await table.stop();
    await rm(tools, { recursive: true });
  }
}

async function compile(
  name: Entrypoint,
  folder: string,
  [node, warmUp]: readonly [string, string],
  endpoint: string,
): Promise<void> {
  const index = join(folder, 'index.cjs');
  // The files belong together: a cache of another bundle can never be taken for the one of this.
  const digest = createHash('sha256')
    .update(await readFile(index))
    .digest('hex')
    .slice(0, 16);
  const file = join(folder, `${digest}.cjs`);
  await rename(index, file);
  await promisify(execFile)(
    node,
    [warmUp, file, join(folder, `${digest}.cache`), JSON.stringify(warmUpEvents(name))],
    { env: { ...ENVIRONMENT, DYNAMODB_ENDPOINT: endpoint } },
  );
  await build({
    ...TUNED,
    entryPoints: [join(HERE, 'loader.ts')],
    outfile: index,
    define: { BUNDLE: JSON.stringify(digest) },
  });
}
