import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderObjectStore, WrongContent } from '../../../src/adapters/local/folder-object-store.ts';
import { ObjectEvents } from '../../../src/adapters/local/object-events.ts';
import { ObjectLinks } from '../../../src/adapters/local/object-links.ts';
import { objectContentsContract } from '../../contracts/object-contents.contract.ts';
import { objectStoreContract } from '../../contracts/object-store.contract.ts';
import { PDF } from '../../support/document-mother.ts';

async function* bodyOf(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const links = new ObjectLinks('secret');
const pdf = { objectKey: 'documents/c/../d', contentType: 'application/pdf', size: PDF.length };

let root: string;
let folder: string;
let told: string[];
let failure: Error | undefined;
let store: FolderObjectStore;

const openStore = async (): Promise<FolderObjectStore> => {
  const opened = new FolderObjectStore({
    folder,
    links,
    url: () => 'http://127.0.0.1',
    notify: async (objectKey, change) => {
      if (failure) throw failure;
      told.push(`${change} ${objectKey}`);
    },
    nowMs: () => Date.parse('2026-01-01T00:00:00.000Z'),
  });
  await opened.open();
  return opened;
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'objects-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'store-'));
  [told, failure] = [[], undefined];
  store = await openStore();
});

objectStoreContract('in a folder', () => ({
  objects: store,
  put: async (objectKey, contentType, body) => {
    await store.create({ objectKey, contentType, size: body.length }, bodyOf(body));
  },
}));

objectContentsContract('in a folder', () => store);

describe('a folder of objects', () => {
  it('creates an object once, and tells of every change', async () => {
    expect(await store.create(pdf, bodyOf(PDF.slice(0, 4), PDF.slice(4)))).toBe(true);
    expect(await store.create(pdf, bodyOf(PDF))).toBe(false);
    await store.delete(pdf.objectKey);
    await store.delete(pdf.objectKey);
    expect(told.at(0)).toBe(`ObjectCreated:Put ${pdf.objectKey}`);
    expect(told.at(-1)).toBe(`ObjectRemoved:Delete ${pdf.objectKey}`);
    expect(told.filter((what) => what.startsWith('ObjectRemoved'))).toHaveLength(1);
  });

  it('lets one of two at once create it', async () => {
    const both = await Promise.all([store.create(pdf, bodyOf(PDF)), store.create(pdf, bodyOf(PDF))]);
    expect(both.sort()).toEqual([false, true]);
  });

  it('keeps nothing of what is not as announced, or breaks off', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield PDF.slice(0, 3);
      throw new Error('the client went away');
    }
    const wrong = [bodyOf(PDF, PDF), bodyOf(PDF.slice(1)), broken()];
    for (const body of wrong) await expect(store.create(pdf, body)).rejects.toThrow(/must have|went away/);
    await expect(store.create({ ...pdf, sha256: 'ab'.repeat(32) }, bodyOf(PDF))).rejects.toThrow(
      WrongContent,
    );
    expect(await store.look(pdf.objectKey, 1)).toBeUndefined();
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
    expect(told).toEqual([]);
  });

  it('tells after a restart what it could not tell before', async () => {
    failure = new Error('the process ends between the write and the event');
    await expect(store.create(pdf, bodyOf(PDF))).rejects.toThrow(failure);
    failure = undefined;
    store = await openStore();
    expect(told).toEqual([`ObjectCreated:Put ${pdf.objectKey}`]);
    expect(await store.look(pdf.objectKey, 1)).toBeDefined();
    await openStore();
    expect(told).toHaveLength(1);
  });
});

describe('the events of a folder', () => {
  it('have encoded keys, and sequencers that grow while the clock stands still', () => {
    const events = new ObjectEvents(() => 0);
    const records = [1, 2, 3].flatMap(
      () => events.of('documents/c/red flower+.jpg', 'ObjectCreated:Put').Records,
    );
    expect(records[0]!.s3.object.key).toBe('documents/c/red+flower%2B.jpg');
    const sequencers = records.map(({ s3 }) => BigInt(`0x${s3.object.sequencer}`));
    expect(sequencers[0]! < sequencers[1]! && sequencers[1]! < sequencers[2]!).toBe(true);
  });
});

describe('a link', () => {
  const permit = { ...pdf, method: 'PUT', issuedAtMs: 0, expiresAtMs: 1 } as const;

  it('is known again, and not where a letter of it differs or another secret signed it', () => {
    const query = links.sign(permit);
    expect(links.read(query)).toEqual(permit);
    expect(links.read(query.replace('permit=e', 'permit=f'))).toBeUndefined();
    expect(links.read(`${query}&x=y`)).toBeUndefined();
    expect(links.read('')).toBeUndefined();
    expect(new ObjectLinks('another').read(query)).toBeUndefined();
  });
});
