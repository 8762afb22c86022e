import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The secret of this machine's cursors: made once for a data folder, so that a cursor survives a restart. */
export async function cursorSecretOf(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'cursor-secret');
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const secret = newCursorSecret();
    await writeFile(path, secret, { mode: 0o600 });
    return secret;
  }
}

export function newCursorSecret(): string {
  return randomBytes(32).toString('hex');
}
