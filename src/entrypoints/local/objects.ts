import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderObjectStore } from '../../adapters/local/folder-object-store.ts';
import { OBJECT_DOOR, objectDoor } from '../../adapters/local/object-door.ts';
import { ObjectEvents } from '../../adapters/local/object-events.ts';
import { ObjectLinks } from '../../adapters/local/object-links.ts';
import type { LocalQueue } from '../../adapters/local/queue.ts';
import type { Log } from '../../adapters/system/json-log.ts';

/** The objects of this machine, and the door that their links lead to. */
export interface LocalObjects {
  readonly store: FolderObjectStore;
  readonly door: (request: IncomingMessage, response: ServerResponse) => boolean;
  close(): Promise<void>;
}

/** Takes up what an earlier process left. */
export async function openObjects(options: {
  /** Where objects survive the process; without it they are gone when they are closed. */
  readonly folder: string | undefined;
  /** Signs the links. */
  readonly secret: string;
  /** Where the gateway is; asked when a link is made. */
  readonly url: () => string;
  /** Takes the events of an object; undefined where nobody asks for them. */
  readonly queueOf: (objectKey: string) => LocalQueue | undefined;
  readonly log: Log;
}): Promise<LocalObjects> {
  const { folder: kept, secret, url, queueOf, log } = options;
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'registry-objects-')));
  const links = new ObjectLinks(secret);
  const events = new ObjectEvents(Date.now);
  const store = new FolderObjectStore({
    folder: join(folder, 'objects'),
    links,
    url: () => `${url()}${OBJECT_DOOR}`,
    notify: async (objectKey, change) =>
      queueOf(objectKey)?.send([JSON.stringify(events.of(objectKey, change))]),
    nowMs: Date.now,
  });
  const close = async (): Promise<void> => {
    if (kept === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    await store.open();
  } catch (error) {
    await close();
    throw error;
  }
  return { store, door: objectDoor(store, links, Date.now, log), close };
}
