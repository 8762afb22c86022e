import { createHash } from 'node:crypto';
import { ObjectGone, type ObjectContents } from '../../src/application/profiles/ports/object-contents.ts';
import type {
  DownloadLink,
  ObjectStore,
  UploadLink,
  UploadPlace,
} from '../../src/application/profiles/ports/object-store.ts';
import type { StoredObject } from '../../src/domain/profiles/document-arrival.ts';

/** Objects with their contents, which a test can look at; its links lead nowhere. */
export class ContentsInMemory implements ObjectStore, ObjectContents {
  readonly objects = new Map<string, { readonly contentType: string; readonly bytes: Uint8Array }>();
  /** How many bytes come at once. */
  chunkBytes = 1000;

  put(objectKey: string, content: string | Uint8Array, contentType = 'text/csv'): void {
    this.objects.set(objectKey, { contentType, bytes: Buffer.from(content) });
  }

  textOf(objectKey: string): string | undefined {
    const object = this.objects.get(objectKey);
    return object && Buffer.from(object.bytes).toString();
  }

  async uploadLink({ objectKey, contentType }: UploadPlace, now: string): Promise<UploadLink> {
    const headers = { 'content-type': contentType, 'if-none-match': '*' };
    return { method: 'PUT', url: `memory:${objectKey}`, headers, expiresAt: now };
  }

  async downloadLink(objectKey: string, fileName: string, _type: string, now: string): Promise<DownloadLink> {
    return { url: `memory:${objectKey}?${fileName}`, expiresAt: now };
  }

  async look(objectKey: string, firstBytes: number): Promise<StoredObject | undefined> {
    const object = this.objects.get(objectKey);
    if (object === undefined) return undefined;
    const { bytes, contentType } = object;
    return {
      size: bytes.length,
      contentType,
      entityTag: `"${createHash('sha256').update(bytes).digest('hex')}"`,
      storedAt: '2026-01-01T00:00:00.000Z',
      firstBytes: bytes.slice(0, firstBytes),
    };
  }

  async delete(objectKey: string): Promise<void> {
    this.objects.delete(objectKey);
  }

  async *read(objectKey: string): AsyncGenerator<Uint8Array> {
    const object = this.objects.get(objectKey);
    if (object === undefined) throw new ObjectGone(objectKey);
    const { bytes } = object;
    for (let from = 0; from < bytes.length; from += this.chunkBytes)
      yield bytes.subarray(from, from + this.chunkBytes);
  }

  async write(objectKey: string, contentType: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const all: Uint8Array[] = [];
    for await (const chunk of chunks) all.push(chunk);
    this.objects.set(objectKey, { contentType, bytes: Buffer.concat(all) });
  }
}
