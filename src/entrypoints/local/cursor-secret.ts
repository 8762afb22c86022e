import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The secret of this machine's cursors: made once for a data folder, so that a cursor survives a restart. */
export async function cursorSecretOf(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'cursor-secret');
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (kept !== '') return kept;
  const secret = newCursorSecret();
  await writeFile(`${path}.next`, secret, { mode: 0o600 });
  await rename(`${path}.next`, path);
  return secret;
}

export function newCursorSecret(): string {
  return randomBytes(32).toString('hex');
}
