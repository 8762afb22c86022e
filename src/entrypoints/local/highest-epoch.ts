import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../composition/config.ts';

/**
 * Keeps the highest epoch at which a data folder was used, and refuses a lower one: what is published at that never reaches
 * statistics, which takes it for older than what it has.
 *
 * @throws ConfigError that names the epoch to set
 */
export async function keepHighestEpoch(dataFolder: string, epoch: number): Promise<void> {
  const path = join(dataFolder, 'highest-epoch');
  const highest = await highestIn(path);
  if (epoch < highest) {
    throw new ConfigError(
      `The data folder ${dataFolder} was used with REGISTRY_EPOCH=${highest}, and now it is ${epoch}: ` +
        `changes would never reach statistics. Set REGISTRY_EPOCH=${highest}; it is never lowered.`,
    );
  }
  if (epoch === highest) return;
  await writeFile(`${path}.next`, String(epoch), { flush: true });
  await rename(`${path}.next`, path);
}

/** The first one where nothing is kept. */
async function highestIn(path: string): Promise<number> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 1;
    throw error;
  }
  const epoch = Number(text);
  if (!Number.isSafeInteger(epoch) || epoch < 1)
    throw new ConfigError(
      `${path} has no epoch. Write the highest REGISTRY_EPOCH into it that was ever used.`,
    );
  return epoch;
}
