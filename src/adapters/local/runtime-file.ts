import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How another process of this machine reaches the running system. */
export interface Runtime {
  readonly pid: number;
  /** Where both services answer: `http://127.0.0.1:3000`. */
  readonly url: string;
  /** The DynamoDB engine; undefined where the data is in the memory of the server. */
  readonly engine?: string;
  /** The epoch at which the profiles service publishes. */
  readonly epoch: number;
  /** What proves to the server's private door that its caller may read the data folder. */
  readonly token: string;
}

const FILE = 'runtime.json';

export async function writeRuntime(dataFolder: string, runtime: Runtime): Promise<void> {
  const path = join(dataFolder, FILE);
  await writeFile(`${path}.next`, JSON.stringify(runtime), { mode: 0o600 });
  await rename(`${path}.next`, path);
}

/** What the last start wrote; its server may be gone. */
export async function readRuntime(dataFolder: string): Promise<Runtime | undefined> {
  try {
    return JSON.parse(await readFile(join(dataFolder, FILE), 'utf8')) as Runtime;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function removeRuntime(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, FILE), { force: true });
}
