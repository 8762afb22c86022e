import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/** What became of a code cache: where it is rejected, or there is none, the code was compiled as it is loaded. */
export type CodeCacheUse = 'accepted' | 'rejected' | 'missing';

/** A CommonJS file that has been run. */
export interface Loaded {
  readonly exports: unknown;
  readonly codeCache: CodeCacheUse;
  /** The compiled code, with all functions that have run by then. */
  readonly compiled: () => Buffer;
}

/**
 * Runs a CommonJS file with the code that was compiled for it before, by the same build of V8 under the same flags. V8 itself
 * checks that, and that the file has the same length; that it is the same file, its name must say.
 */
export function runScript(file: string, cacheFile: string): Loaded {
  const cachedData = readIfThere(cacheFile);
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${source(file)}\n})`,
    {
      filename: file,
      ...(cachedData && { cachedData }),
    },
  );
  const module = { exports: {} as unknown };
  const run = script.runInThisContext() as (...args: readonly unknown[]) => void;
  run(module.exports, createRequire(file), module, file, dirname(file));
  return {
    exports: module.exports,
    codeCache: cachedData === undefined ? 'missing' : script.cachedDataRejected ? 'rejected' : 'accepted',
    compiled: () => script.createCachedData(),
  };
}

function source(file: string): string {
  return readFileSync(file, 'utf8');
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
