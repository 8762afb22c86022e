import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Journal } from '../../../src/adapters/local/journal.ts';

it('a journal makes its folder when it is first appended to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'));
  const journal = new Journal<number>(join(folder, 'given-up', 'numbers.jsonl'));
  await journal.append([1, 2]);
  await journal.append([3]);
  await journal.close();
  const read: number[] = [];
  for await (const entry of journal.read()) read.push(entry);
  await rm(folder, { recursive: true });
  expect(read).toEqual([1, 2, 3]);
});
