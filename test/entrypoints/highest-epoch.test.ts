import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/entrypoints/composition/config.ts';
import { keepHighestEpoch } from '../../src/entrypoints/local/highest-epoch.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epoch-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the epoch of a data folder', () => {
  it('stays or is raised, and is never lowered', async () => {
    for (const epoch of [1, 1, 2, 2, 10]) await keepHighestEpoch(folder, epoch);
    for (const epoch of [9, 2, 1]) {
      const lowered = keepHighestEpoch(folder, epoch);
      await expect(lowered).rejects.toThrow(ConfigError);
      await expect(lowered).rejects.toThrow(`REGISTRY_EPOCH=10, and now it is ${epoch}`);
    }
    await keepHighestEpoch(folder, 10);
    expect(await readdir(folder)).toEqual(['highest-epoch']);
  });

  it.each(['', 'two', '-1'])('is not guessed where the file says %j', async (content) => {
    await writeFile(join(folder, 'highest-epoch'), content);
    await expect(keepHighestEpoch(folder, 3)).rejects.toThrow('highest-epoch has no epoch.');
  });
});
