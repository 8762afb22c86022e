import { access, constants, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Another process works on the data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(`The data folder ${folder} is in use by process ${pid}.`);
  }
}

interface Owner {
  readonly pid: number;
  /** Tells two processes apart that had the same pid one after the other. */
  readonly startedAt?: string;
}

/**
 * Makes this process the only one that works on a data folder. What a killed process left is taken over.
 *
 * @returns what gives the folder free again
 * @throws DataFolderInUse, Error where the folder cannot be written
 */
export async function lockDataFolder(folder: string): Promise<() => Promise<void>> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new Error(`The data folder ${folder} cannot be used: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const lock = join(folder, 'server.lock');
  const mine = `${lock}.${process.pid}`;
  const owner: Owner = { pid: process.pid, ...(await startOf(process.pid)) };
  await writeFile(mine, JSON.stringify(owner));
  try {
    for (;;) {
      try {
        // Only one process can give the lock its name.
        await link(mine, lock);
        return () => rm(lock, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const other = await ownerOf(lock);
      if (other !== undefined && (await isAlive(other))) throw new DataFolderInUse(folder, other.pid);
      await takeAway(lock, `${mine}.stale`, other);
    }
  } finally {
    await rm(mine, { force: true });
  }
}

/**
 * Makes a folder, and those that it is in. Node's own recursion never ends where the system says of a folder whose parent
 * is there that there is no such thing, as it does of `/proc/nope`.
 */
async function makeFolder(folder: string): Promise<void> {
  const parent = dirname(folder);
  if (await isMissing(parent)) await makeFolder(parent);
  try {
    await mkdir(folder);
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST' && (await stat(folder)).isDirectory();
    if (!isThere) throw error;
  }
}

async function isMissing(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    // What else is wrong with it is told when a folder is made in it.
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/** Takes the lock of a dead owner away. Another process may have done so, and taken the lock, since it was read. */
async function takeAway(lock: string, to: string, dead: Owner | undefined): Promise<void> {
  try {
    await rename(lock, to);
    const taken = await ownerOf(to);
    if (taken?.pid !== dead?.pid || taken?.startedAt !== dead?.startedAt) await link(to, lock);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  await rm(to, { force: true });
}

async function ownerOf(lock: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(lock, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

async function isAlive({ pid, startedAt }: Owner): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = (await startOf(pid)).startedAt;
  return startedAt === undefined || now === undefined || startedAt === now;
}

/** When a process was started, in ticks since boot, where the system tells (Linux: proc(5), field 22 of stat). */
async function startOf(pid: number): Promise<{ startedAt?: string }> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return startedAt === undefined ? {} : { startedAt };
  } catch {
    return {};
  }
}
