import { join } from 'node:path';
import { runScript } from './run-script.ts';

/** Which files are loaded: what they contain is part of their names. */
declare const BUNDLE: string;

const { exports, codeCache } = runScript(
  join(__dirname, `${BUNDLE}.cjs`),
  join(__dirname, `${BUNDLE}.cache`),
);
if (codeCache !== 'accepted') {
  const time = new Date().toISOString();
  const line = { time, level: 'warn', message: 'the code cache was not used', codeCache };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

export const { handler } = exports as { readonly handler: unknown };
