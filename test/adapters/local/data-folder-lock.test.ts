import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataFolderInUse, lockDataFolder } from '../../../src/adapters/local/data-folder-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('lockDataFolder', () => {
  it('refuses a second owner, naming the first, until the first gives the folder free', async () => {
    const free = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toThrow(DataFolderInUse);
    await expect(lockDataFolder(folder)).rejects.toThrow(`in use by process ${process.pid}`);
    await free();
    const again = await lockDataFolder(folder);
    await again();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes over from a process that was killed', async () => {
    const other = spawn('sleep', ['60']);
    await once(other, 'spawn');
    await writeFile(join(folder, 'server.lock'), JSON.stringify({ pid: other.pid }));
    await expect(lockDataFolder(folder)).rejects.toThrow(DataFolderInUse);
    other.kill('SIGKILL');
    await once(other, 'exit');
    await (
      await lockDataFolder(folder)
    )();
  });

  it('takes over from a killed process whose pid another one has by now', async () => {
    await writeFile(join(folder, 'server.lock'), JSON.stringify({ pid: process.pid, startedAt: '1' }));
    await expect(lockDataFolder(folder)).resolves.toBeInstanceOf(Function);
  });

  it.each(['', 'not JSON'])('takes over a lock that says nothing: %j', async (content) => {
    await writeFile(join(folder, 'server.lock'), content);
    await expect(lockDataFolder(folder)).resolves.toBeInstanceOf(Function);
  });

  it('lets one of many win that come at once, also over a dead owner', async () => {
    for (const stale of [undefined, { pid: process.pid, startedAt: '1' }]) {
      if (stale) await writeFile(join(folder, 'server.lock'), JSON.stringify(stale));
      const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataFolder(folder)));
      const won = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
      expect(won).toHaveLength(1);
      await won[0]!();
    }
  });

  it('makes the folder, and those that it is in', async () => {
    const deep = join(folder, 'a', 'b', 'c');
    const attempts = await Promise.allSettled([lockDataFolder(deep), lockDataFolder(deep)]);
    expect(attempts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await readdir(deep)).toEqual(['server.lock']);
  });

  it('gives up where the system lets nobody make a folder', async () => {
    await expect(lockDataFolder('/proc/nope')).rejects.toThrow('The data folder /proc/nope cannot be used');
  });

  it('says that a folder cannot be used, and why', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(lockDataFolder(file)).rejects.toThrow(`The data folder ${file} cannot be used`);
  });
});
