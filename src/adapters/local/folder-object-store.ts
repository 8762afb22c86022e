import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ObjectGone } from '../../application/profiles/ports/object-contents.ts';
import type { ObjectLinks } from './object-links.ts';

/** What there is of an object beside its content. */
export interface ObjectFacts {
  readonly objectKey: string;
  readonly contentType: string;
  readonly size: number;
  readonly sha256: string;
  readonly entityTag: string;
  /** An instant in UTC, ISO 8601. */
  readonly storedAt: string;
}

export type ObjectChange = 'ObjectCreated:Put' | 'ObjectRemoved:Delete';

export interface FolderObjectStoreOptions {
  readonly folder: string;
  readonly links: ObjectLinks;
  /** Where the door to the objects is; asked when a link is made. */
  readonly url: () => string;
  /** Told of every change, at least once, after it; resolves when that is safe. */
  readonly notify: (objectKey: string, change: ObjectChange) => Promise<void>;
  readonly nowMs: () => number;
}

/** What arrives is not what was announced. */
export class WrongContent extends Error {
  override readonly name = 'WrongContent';
}

const LINK_MS = 5 * 60_000;

/**
 * Objects as folders of a folder, with signed links, in the place of S3.
 *
 * An object is there as a whole or not at all. A change is marked before it is made, until it is told: a mark that an
 * earlier process left names an object of which it may not have told.
 */
export class FolderObjectStore {
  readonly #options: FolderObjectStoreOptions;
  /** Until when links to a key that was deleted are of no use: they were given before. */
  readonly #deletedAtMs = new Map<string, number>();

  constructor(options: FolderObjectStoreOptions) {
    this.#options = options;
  }

  /** Removes what was on its way when an earlier process ended, and tells what it may not have told. */
  async open(): Promise<void> {
    await rm(this.#path('incoming'), { recursive: true, force: true });
    for (const name of ['incoming', 'marks', 'objects']) await mkdir(this.#path(name), { recursive: true });
    for (const name of await readdir(this.#path('marks')))
      await this.#tell(decodeURIComponent(name), 'ObjectCreated:Put');
  }

  async uploadLink(
    place: { objectKey: string; contentType: string; size: number; sha256?: string },
    now: string,
  ) {
    const issuedAtMs = Date.parse(now);
    const { url, expiresAt } = this.#link({
      ...place,
      method: 'PUT',
      issuedAtMs,
      expiresAtMs: issuedAtMs + LINK_MS,
    });
    const headers = { 'content-type': place.contentType, 'if-none-match': '*' };
    return { method: 'PUT' as const, url, headers, expiresAt };
  }

  async downloadLink(objectKey: string, fileName: string, contentType: string, now: string) {
    const issuedAtMs = Date.parse(now);
    const expiresAtMs = issuedAtMs + LINK_MS;
    return this.#link({ method: 'GET', objectKey, fileName, contentType, issuedAtMs, expiresAtMs });
  }

  async look(objectKey: string, firstBytes: number) {
    const facts = await this.facts(objectKey);
    if (facts === undefined) return undefined;
    const file = await open(join(this.#objectPath(objectKey), 'content')).catch(nothingWhereAbsent);
    if (file === undefined) return undefined;
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(firstBytes), 0, firstBytes, 0);
      return { ...facts, firstBytes: new Uint8Array(buffer.subarray(0, bytesRead)) };
    } finally {
      await file.close();
    }
  }

  async delete(objectKey: string): Promise<void> {
    const nowMs = this.#options.nowMs();
    for (const [key, deletedAtMs] of this.#deletedAtMs) {
      if (deletedAtMs + LINK_MS < nowMs) this.#deletedAtMs.delete(key);
    }
    this.#deletedAtMs.set(objectKey, nowMs);
    await this.#mark(objectKey);
    if (await this.#remove(objectKey)) await this.#tell(objectKey, 'ObjectRemoved:Delete');
    else await this.#unmark(objectKey);
  }

  /** Undefined where there is no such object. */
  async facts(objectKey: string): Promise<ObjectFacts | undefined> {
    const text = await readFile(join(this.#objectPath(objectKey), 'facts.json'), 'utf8').catch(
      nothingWhereAbsent,
    );
    return text === undefined ? undefined : (JSON.parse(text) as ObjectFacts);
  }

  /** Whether links that were issued then have been made useless by a removal. */
  isDeletedSince(objectKey: string, issuedAtMs: number): boolean {
    return issuedAtMs <= (this.#deletedAtMs.get(objectKey) ?? -Infinity);
  }

  contentOf(objectKey: string): Readable {
    return createReadStream(join(this.#objectPath(objectKey), 'content'));
  }

  async *read(objectKey: string): AsyncGenerator<Uint8Array> {
    try {
      yield* this.contentOf(objectKey) as AsyncIterable<Uint8Array>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        throw new ObjectGone(objectKey, { cause: error });
      throw error;
    }
  }

  async write(objectKey: string, contentType: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#make({ objectKey, contentType }, chunks, 'replaces');
  }

  /**
   * Makes an object of a body; when it resolves, the object is on the disk, and told of.
   *
   * @returns false where there is one of this key
   * @throws WrongContent where the body is not what was announced
   */
  async create(
    announced: { objectKey: string; contentType: string; size: number; sha256?: string },
    body: AsyncIterable<Uint8Array>,
  ): Promise<boolean> {
    return this.#make(announced, body);
  }

  async #make(
    announced: { objectKey: string; contentType: string; size?: number; sha256?: string },
    body: AsyncIterable<Uint8Array>,
    replaces?: 'replaces',
  ): Promise<boolean> {
    const { objectKey, contentType, size, sha256 } = announced;
    const incoming = this.#path('incoming', randomUUID());
    await mkdir(incoming);
    try {
      const received = await write(join(incoming, 'content'), body, size ?? Infinity);
      if (size !== undefined && received.size !== size)
        throw new WrongContent(`The body has ${received.size} bytes, and must have ${size}.`);
      if (sha256 !== undefined && received.sha256 !== sha256)
        throw new WrongContent(
          `The SHA-256 digest of the body is ${received.sha256}, and must be ${sha256}.`,
        );
      const facts: ObjectFacts = {
        ...received,
        objectKey,
        contentType,
        entityTag: `"${received.sha256}"`,
        storedAt: new Date(this.#options.nowMs()).toISOString(),
      };
      await writeFile(join(incoming, 'facts.json'), JSON.stringify(facts), { flush: true });
      await synced(incoming);
      await this.#mark(objectKey);
      if (replaces) await this.#remove(objectKey);
      try {
        // Of two at once, one finds the other's object in its way.
        await rename(incoming, this.#objectPath(objectKey));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
        await this.#tell(objectKey, 'ObjectCreated:Put');
        return false;
      }
      await synced(this.#path('objects'));
      await this.#tell(objectKey, 'ObjectCreated:Put');
      return true;
    } finally {
      await rm(incoming, { recursive: true, force: true });
    }
  }

  #link(permit: Parameters<ObjectLinks['sign']>[0]): { url: string; expiresAt: string } {
    const path = permit.objectKey.split('/').map(encodeURIComponent).join('/');
    return {
      url: `${this.#options.url()}/${path}?${this.#options.links.sign(permit)}`,
      expiresAt: new Date(permit.expiresAtMs).toISOString(),
    };
  }

  /** Answers whether there was one. */
  async #remove(objectKey: string): Promise<boolean> {
    const grave = this.#path('incoming', randomUUID());
    const isThere = await rename(this.#objectPath(objectKey), grave).then(() => true, nothingWhereAbsent);
    await rm(grave, { recursive: true, force: true });
    return isThere ?? false;
  }

  async #mark(objectKey: string): Promise<void> {
    await writeFile(this.#path('marks', nameOf(objectKey)), '');
  }

  async #unmark(objectKey: string): Promise<void> {
    await rm(this.#path('marks', nameOf(objectKey)), { force: true });
  }

  async #tell(objectKey: string, change: ObjectChange): Promise<void> {
    await this.#options.notify(objectKey, change);
    await this.#unmark(objectKey);
  }

  #objectPath(objectKey: string): string {
    return this.#path('objects', nameOf(objectKey));
  }

  #path(...names: string[]): string {
    return join(this.#options.folder, ...names);
  }
}

/** A name without folders: the dots that would mean one are encoded too. */
function nameOf(objectKey: string): string {
  return encodeURIComponent(objectKey).replaceAll('.', '%2E');
}

async function write(
  path: string,
  body: AsyncIterable<Uint8Array>,
  most: number,
): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx');
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > most) throw new WrongContent(`The body has more than the ${most} bytes that it must have.`);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}

/** Has the names in a folder survive a loss of power, where the platform can. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function nothingWhereAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
