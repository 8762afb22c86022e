import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';

/** The part of the environment that decides which engine is used. */
export interface EngineEnvironment {
  /** Where DynamoDB, or an engine that somebody else runs, answers. */
  readonly DYNAMODB_ENDPOINT?: string | undefined;
  /** The engine's executable. */
  readonly DYNOXIDE_BIN?: string | undefined;
  readonly PATH?: string | undefined;
}

const NEEDS_NOTHING = '`npm start -- --in-memory` needs no engine.';

/**
 * The executable of the dynoxide engine: the one that DYNOXIDE_BIN names, else that of the installed package for this
 * platform, else the first `dynoxide` on the PATH.
 *
 * @param platform such as `linux-x64`
 * @throws Error that says what to install
 */
export function engineBinary(
  env: EngineEnvironment,
  platform = `${process.platform}-${process.arch}`,
): string {
  if (env.DYNOXIDE_BIN !== undefined && env.DYNOXIDE_BIN !== '') {
    if (isExecutable(env.DYNOXIDE_BIN)) return resolve(env.DYNOXIDE_BIN);
    throw new Error(
      `DYNOXIDE_BIN names ${env.DYNOXIDE_BIN}, which is no executable file. Correct it or unset it. ${NEEDS_NOTHING}`,
    );
  }
  const found = [packagedBinary(platform), ...onPath(env.PATH)].find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    `There is no DynamoDB engine for ${platform}. Linux x64 gets one by \`npm ci\` (the optional package ` +
      '@dynoxide/linux-x64). Elsewhere install dynoxide so that it is on the PATH or named by DYNOXIDE_BIN, or name a ' +
      `running DynamoDB by DYNAMODB_ENDPOINT. ${NEEDS_NOTHING}`,
  );
}

function packagedBinary(platform: string): string {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@dynoxide/${platform}/package.json`);
    return join(dirname(manifest), 'dynoxide');
  } catch {
    // Optional packages are absent on other platforms: the next place is looked at.
    return '';
  }
}

function onPath(path = ''): string[] {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'dynoxide'));
}

function isExecutable(file: string): boolean {
  if (file === '') return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
