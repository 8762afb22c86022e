import type {
  DownloadLink,
  ObjectStore,
  UploadLink,
  UploadPlace,
} from '../../src/application/profiles/ports/object-store.ts';
import type { StoredObject } from '../../src/domain/profiles/document-arrival.ts';
import { anObject } from './document-mother.ts';

/** Objects that a test puts there itself; its links lead nowhere. */
export class ObjectStoreInMemory implements ObjectStore {
  readonly objects = new Map<string, StoredObject>();
  /** Called when somebody has looked, and does not know yet what was seen. */
  afterLook: () => Promise<void> = async () => {};
  /** Called when an object is deleted, before that is answered. */
  afterDelete: () => Promise<void> = async () => {};
  #tags = 0;

  put(objectKey: string, overrides: Partial<StoredObject> = {}): void {
    this.objects.set(objectKey, anObject({ entityTag: `"${++this.#tags}"`, ...overrides }));
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
    await this.afterLook();
    return object && { ...object, firstBytes: object.firstBytes.slice(0, firstBytes) };
  }

  async delete(objectKey: string): Promise<void> {
    this.objects.delete(objectKey);
    await this.afterDelete();
  }
}
