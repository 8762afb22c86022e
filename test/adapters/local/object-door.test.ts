import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderObjectStore } from '../../../src/adapters/local/folder-object-store.ts';
import { OBJECT_DOOR, objectDoor } from '../../../src/adapters/local/object-door.ts';
import { ObjectLinks } from '../../../src/adapters/local/object-links.ts';
import { PDF } from '../../support/document-mother.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const FIVE_MINUTES = 5 * 60_000;
const PLACE = { objectKey: 'documents/c/d', contentType: 'application/pdf', size: PDF.length };

describe('the door to the objects of this machine', () => {
  const links = new ObjectLinks('secret');
  let folder: string;
  let store: FolderObjectStore;
  let server: Server;
  let url: string;
  let nowMs: number;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'door-'));
    store = new FolderObjectStore({
      folder,
      links,
      url: () => url,
      notify: async () => {},
      nowMs: () => nowMs,
    });
    await store.open();
    const silent = { info: () => {}, warn: () => {}, error: () => {} };
    const door = objectDoor(store, links, () => nowMs, silent);
    server = createServer((asked, answer) => void door(asked, answer));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${OBJECT_DOOR}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    nowMs = START;
    await store.delete(PLACE.objectKey);
    nowMs = START + 1;
  });

  const linkFor = () => store.uploadLink(PLACE, new Date(nowMs).toISOString());
  const put = async (
    link: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
    body: Uint8Array = PDF,
    more: Readonly<Record<string, string>> = {},
  ): Promise<string> => {
    const response = await fetch(link.url, { method: 'PUT', headers: { ...link.headers, ...more }, body });
    return told(response.status, await response.text());
  };
  /** A body that comes piece by piece has no length. */
  const stream = async (link: { readonly url: string; readonly headers: Readonly<Record<string, string>> }) =>
    new Promise<string>((resolve, reject) => {
      const sent = request(
        link.url,
        { method: 'PUT', headers: link.headers },
        (response: IncomingMessage) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () => resolve(told(response.statusCode ?? 0, text)));
        },
      );
      sent.on('error', reject);
      sent.write(PDF.slice(0, 4));
      sent.end(PDF.slice(4));
    });

  it('lets what a link is for in, until it expires', async () => {
    const link = await linkFor();
    nowMs += FIVE_MINUTES - 1;
    expect(await put(link)).toBe('200');
    expect((await store.facts(PLACE.objectKey))?.size).toBe(PDF.length);
  });

  it('refuses a link that has expired, and says when it did', async () => {
    const link = await linkFor();
    nowMs += FIVE_MINUTES;
    const response = await fetch(link.url, { method: 'PUT', headers: link.headers, body: PDF });
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({
      type: 'urn:company-registry:problem:link-expired',
      status: 403,
      detail: `The link expired at ${link.expiresAt}. Ask for a new one.`,
      requestId: expect.any(String) as unknown,
    });
    expect(await store.facts(PLACE.objectKey)).toBeUndefined();
  });

  it('refuses a download by a link that has expired', async () => {
    expect(await put(await linkFor())).toBe('200');
    const now = new Date(nowMs).toISOString();
    const { url: download } = await store.downloadLink(PLACE.objectKey, 'a.pdf', PLACE.contentType, now);
    expect((await fetch(download)).status).toBe(200);
    nowMs += FIVE_MINUTES;
    expect((await fetch(download)).status).toBe(403);
  });

  it('refuses a body that does not say how long it is', async () => {
    expect(await stream(await linkFor())).toBe('411 length-required');
    expect(await store.facts(PLACE.objectKey)).toBeUndefined();
  });

  it('refuses a link that was used, also after the object was deleted, and no later one', async () => {
    const link = await linkFor();
    expect(await put(link)).toBe('200');
    expect(await put(link)).toBe('412 link-used');
    await store.delete(PLACE.objectKey);
    expect(await put(link)).toBe('412 link-used');
    nowMs++;
    expect(await put(await linkFor())).toBe('200');
  });

  it.each<[string, Uint8Array, Readonly<Record<string, string>>, string]>([
    ['one byte too many', Buffer.concat([PDF, PDF.slice(0, 1)]), {}, '413 body-too-large'],
    ['one byte too few', PDF.slice(1), {}, '400 wrong-content'],
    ['another type', PDF, { 'content-type': 'text/html' }, '415 unsupported-media-type'],
    ['another condition', PDF, { 'if-none-match': 'x' }, '403 link-invalid'],
  ])('refuses %s, and keeps nothing of it', async (_, body, headers, expected) => {
    expect(await put(await linkFor(), body, headers)).toBe(expected);
    expect(await store.facts(PLACE.objectKey)).toBeUndefined();
  });

  it.each(['..%2Fd', '%2e%2e', '..%2F..%2F..%2Fetc%2Fpasswd', 'd%2F..%2Fd', '%E0%A4%A', 'D'])(
    'refuses the link before another key: %s',
    async (name) => {
      const link = await linkFor();
      expect(await put({ ...link, url: link.url.replace('/d?', `/${name}?`) })).toBe('403 link-invalid');
    },
  );

  it('keeps an object of a key with dots in its own folder', async () => {
    const objectKey = '../../outside';
    const link = await store.uploadLink({ ...PLACE, objectKey }, new Date(nowMs).toISOString());
    // Clients make dots in a path their own affair: the key is encoded as a whole.
    const encoded = link.url.replace('../../outside', '..%2F..%2Foutside');
    expect(await put({ ...link, url: encoded })).toBe('200');
    expect((await store.facts(objectKey))?.objectKey).toBe(objectKey);
    await store.delete(objectKey);
  });
});

function told(status: number, text: string): string {
  const { type = '' } = JSON.parse(text || '{}') as { type?: string };
  return `${status} ${type.split(':').at(-1)}`.trim();
}
