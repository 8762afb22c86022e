import { writeFileSync } from 'node:fs';
import { runScript } from './run-script.ts';

/**
 * Compiles a bundle ahead, in the Node that is to run it: `warm-up.cjs BUNDLE CACHE EVENTS`. What has run by the end is compiled
 * as well: the bundle is given the events, a JSON array.
 */
const [file = '', cacheFile = '', events = '[]'] = process.argv.slice(2);

async function warmUp(): Promise<void> {
  const { exports, compiled } = runScript(file, cacheFile);
  const { handler } = exports as { readonly handler: (event: unknown) => Promise<unknown> };
  for (const event of JSON.parse(events) as readonly unknown[]) {
    const { statusCode = 200 } = ((await handler(event)) ?? {}) as { readonly statusCode?: number };
    if (statusCode >= 500) throw new Error(`An event of the warm-up was answered with ${statusCode}`);
  }
  writeFileSync(cacheFile, compiled());
  process.exit();
}

void warmUp();
