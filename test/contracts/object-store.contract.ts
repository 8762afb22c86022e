import { describe, expect, it } from '@jest/globals';
import type { ObjectStore } from '../../src/application/profiles/ports/object-store.ts';
import { PDF } from '../support/document-mother.ts';

export interface ObjectStoreFixture {
  readonly objects: ObjectStore;
  put(objectKey: string, contentType: string, body: Uint8Array): Promise<void>;
}

/** What every ObjectStore promises; of its links, only the adapters themselves know what they are worth. */
export function objectStoreContract(name: string, fixture: () => ObjectStoreFixture): void {
  describe(`objects ${name}`, () => {
    let number = 0;
    const newKey = (): string => `documents/company/red flower+%2B é/../${++number}`;
    const now = '2026-01-01T00:00:00.000Z';

    it('are seen with their facts and first bytes', async () => {
      const { objects, put } = fixture();
      const key = newKey();
      await put(key, 'application/pdf', PDF);
      const object = await objects.look(key, 4);
      expect(object).toMatchObject({ size: PDF.length, contentType: 'application/pdf' });
      expect(Buffer.from(object!.firstBytes).toString()).toBe('%PDF');
      expect(object!.storedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
      expect((await objects.look(key, 512))!.firstBytes).toHaveLength(PDF.length);
    });

    it('may be empty', async () => {
      const { objects, put } = fixture();
      const key = newKey();
      await put(key, 'text/plain', new Uint8Array());
      const object = await objects.look(key, 512);
      expect(object).toMatchObject({ size: 0, contentType: 'text/plain' });
      expect(object!.firstBytes).toHaveLength(0);
    });

    it('differ in their tags where their contents differ', async () => {
      const { objects, put } = fixture();
      const [one, same, other] = [newKey(), newKey(), newKey()];
      await put(one, 'text/plain', Buffer.from('a'));
      await put(same, 'text/plain', Buffer.from('a'));
      await put(other, 'text/plain', Buffer.from('b'));
      const [first, second, third] = await Promise.all([one, same, other].map((key) => objects.look(key, 1)));
      expect(first!.entityTag).toBe(second!.entityTag);
      expect(first!.entityTag).not.toBe(third!.entityTag);
    });

    it('that are not there, or are deleted, are seen by nobody', async () => {
      const { objects, put } = fixture();
      const [key, other] = [newKey(), newKey()];
      expect(await objects.look(key, 512)).toBeUndefined();
      await objects.delete(key);
      await put(key, 'text/plain', Buffer.from('a'));
      await put(other, 'text/plain', Buffer.from('a'));
      await objects.delete(key);
      await objects.delete(key);
      expect(await objects.look(key, 512)).toBeUndefined();
      expect(await objects.look(other, 512)).toBeDefined();
    });

    it('have links that last five minutes', async () => {
      const { objects } = fixture();
      const key = newKey();
      const upload = await objects.uploadLink({ objectKey: key, contentType: 'text/plain', size: 3 }, now);
      expect(upload).toMatchObject({
        method: 'PUT',
        headers: { 'content-type': 'text/plain', 'if-none-match': '*' },
        expiresAt: '2026-01-01T00:05:00.000Z',
      });
      const download = await objects.downloadLink(key, 'a.txt', 'text/plain', now);
      expect(download.expiresAt).toBe('2026-01-01T00:05:00.000Z');
    });
  });
}
