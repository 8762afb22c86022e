import { beforeEach, describe, expect, it } from '@jest/globals';
import { FindCompany } from '../../../src/application/profiles/find-company.ts';
import { FindDocument } from '../../../src/application/profiles/documents/find-document.ts';
import { FollowObject } from '../../../src/application/profiles/documents/follow-object.ts';
import { ListDocuments } from '../../../src/application/profiles/documents/list-documents.ts';
import { RemoveDocument } from '../../../src/application/profiles/documents/remove-document.ts';
import {
  RequestUpload,
  type DocumentSlot,
} from '../../../src/application/profiles/documents/request-upload.ts';
import type { SetAsideObject } from '../../../src/application/profiles/ports/set-aside-objects.ts';
import { remove } from '../../../src/domain/profiles/company.ts';
import { objectKeyOf } from '../../../src/domain/profiles/document-key.ts';
import {
  DocumentNotArrived,
  DocumentNotFound,
  DocumentRefused,
} from '../../../src/domain/profiles/errors.ts';
import { aCompany, companyIdAt, minutesLater } from '../../support/company-mother.ts';
import { documentIdAt, PDF } from '../../support/document-mother.ts';
import { ObjectStoreInMemory } from '../../support/object-store-in-memory.ts';
import { profilesInMemory, type ProfilesFixture } from '../../support/profiles-fixture.ts';
import { SequentialDocumentIds } from '../../support/sequential-document-ids.ts';

const company = aCompany();
const { companyId } = company;
const DECLARED = { fileName: 'Report.pdf', contentType: 'application/pdf', size: PDF.length };
const context = { requestId: 'request-1' };
const SHA256 = 'ab'.repeat(32);

// Eventual reads that are behind must not matter to anything that is decided.
describe.each([0, 5])('documents, with eventual reads %i writes behind', (lag) => {
  let fixture: ProfilesFixture;
  let objects: ObjectStoreInMemory;
  let request: RequestUpload;
  let follow: FollowObject;
  let find: FindDocument;
  let list: ListDocuments;
  let removeDocument: RemoveDocument;
  let slot: DocumentSlot;
  let key: string;

  beforeEach(async () => {
    fixture = profilesInMemory(lag);
    const { companies, documents, setAsideObjects, clock } = fixture;
    objects = new ObjectStoreInMemory();
    const ids = new SequentialDocumentIds();
    const findCompany = new FindCompany(companies);
    request = new RequestUpload(findCompany, documents, objects, ids, clock);
    follow = new FollowObject(documents, objects, companies, setAsideObjects, ids, clock);
    find = new FindDocument(documents, objects, clock);
    list = new ListDocuments(documents, findCompany);
    removeDocument = new RemoveDocument(documents, objects, clock);
    await companies.add(company, context);
    slot = await request.execute(companyId, DECLARED, context);
    key = objectKeyOf(companyId, slot.documentId);
  });

  const notify = (sequencer?: string, objectKey = key) =>
    follow.execute({ objectKey, notifiedAt: minutesLater(1), ...(sequencer !== undefined && { sequencer }) });
  const outcomeOf = async (...notification: Parameters<typeof notify>): Promise<string> =>
    (await notify(...notification)).outcome;
  const found = () => find.execute(companyId, slot.documentId);
  const listed = async (): Promise<string[]> => {
    fixture.settle();
    return (await list.execute(companyId, { limit: 10 })).items.map(({ fileName }) => fileName);
  };
  const setAside = async (): Promise<SetAsideObject[]> => {
    const all: SetAsideObject[] = [];
    for await (const object of fixture.setAsideObjects.list('2026-01-01', '2026-01-01')) all.push(object);
    return all;
  };

  describe('a slot', () => {
    it('is a link to a key in which nothing comes from the caller', () => {
      expect(slot).toMatchObject({ documentId: documentIdAt(1), upload: { url: `memory:${key}` } });
      expect(key).toBe(`documents/${companyId}/${documentIdAt(1)}`);
    });

    it('is no document before something has arrived', async () => {
      await expect(found()).rejects.toThrow(DocumentNotArrived);
      expect(await listed()).toEqual([]);
    });

    it('that was never used leaves nothing', async () => {
      fixture.clock.set(minutesLater(24 * 60));
      await expect(found()).rejects.toThrow(DocumentNotFound);
    });

    it('is for a company that is there', async () => {
      await expect(request.execute(companyIdAt(9), DECLARED, context)).rejects.toThrow('There is no company');
      await expect(request.execute(companyId, { ...DECLARED, size: 0 }, context)).rejects.toThrow('size');
      await expect(list.execute(companyIdAt(9), { limit: 10 })).rejects.toThrow('There is no company');
    });
  });

  describe('an object that arrives in its slot', () => {
    it('becomes a document, of the name that the slot was asked for', async () => {
      objects.put(key, { sha256: SHA256 });
      expect(await notify('0A')).toEqual({ outcome: 'stored' });
      const { document, download } = await found();
      expect(document).toEqual({
        status: 'stored',
        companyId,
        documentId: slot.documentId,
        objectKey: key,
        version: 2,
        sequencer: '0A',
        ...DECLARED,
        sniffedType: 'application/pdf',
        sha256: SHA256,
        entityTag: '"1"',
        storedAt: minutesLater(0),
        requestId: 'request-1',
      });
      expect(download.url).toBe(`memory:${key}?Report.pdf`);
      expect(await listed()).toEqual(['Report.pdf']);
      fixture.clock.set(minutesLater(100 * 24 * 60));
      expect((await found()).document.version).toBe(2);
    });

    it.each([
      ['more bytes', { size: PDF.length + 1 }, /has 10 bytes.*for 9/],
      ['none', { size: 0, firstBytes: new Uint8Array() }, /has 0 bytes/],
      ['another type', { contentType: 'text/html' }, /as text\/html.*for application\/pdf/],
      ['no type', { contentType: undefined }, /as nothing/],
      [
        'a zip inside',
        { firstBytes: Buffer.from('PK\x03\x04.....') },
        /first bytes are those of application\/zip/,
      ],
    ])('is refused and deleted where it has %s', async (_, wrong, reason) => {
      objects.put(key, wrong);
      expect(await notify('0A')).toEqual({
        outcome: 'refused',
        reason: expect.stringMatching(reason) as unknown,
      });
      expect(objects.objects.size).toBe(0);
      await expect(found()).rejects.toThrow(DocumentRefused);
      await expect(found()).rejects.toThrow(reason);
      expect(await listed()).toEqual([]);
      // The link may be valid still.
      objects.put(key);
      expect(await outcomeOf('0B')).toBe('deleted');
      expect(objects.objects.size).toBe(0);
    });

    it('is refused where its digest is another one', async () => {
      const { documentId } = await request.execute(companyId, { ...DECLARED, sha256: SHA256 }, context);
      const other = objectKeyOf(companyId, documentId);
      objects.put(other, { sha256: 'cd'.repeat(32) });
      expect(await outcomeOf('0A', other)).toBe('refused');
    });

    it('after its company is removed is set aside', async () => {
      await fixture.companies.replace(company, remove(company, minutesLater(1)), context);
      objects.put(key);
      expect(await outcomeOf('0A')).toBe('set-aside');
      expect(objects.objects.has(key)).toBe(true);
      await expect(found()).rejects.toThrow(DocumentNotArrived);
    });
  });

  describe('notifications', () => {
    it('that come twice, or late, change nothing', async () => {
      objects.put(key);
      expect(await outcomeOf('0A')).toBe('stored');
      const before = await found();
      expect(await outcomeOf('0A')).toBe('unchanged');
      expect(await outcomeOf('09')).toBe('earlier');
      expect(await outcomeOf()).toBe('unchanged');
      expect(await found()).toEqual(before);
    });

    it('in the wrong order come to what is there', async () => {
      // Created at 0A, deleted at 0B: the object is gone before anyone looks.
      expect(await outcomeOf('0B')).toBe('vanished');
      expect(await outcomeOf('0A')).toBe('earlier');
      await expect(found()).rejects.toThrow(DocumentNotArrived);
    });

    it('of an object that was deleted before it was read are no error', async () => {
      expect(await outcomeOf('0A')).toBe('vanished');
      expect(await outcomeOf('0A')).toBe('unchanged');
      expect(await listed()).toEqual([]);
    });

    it('of a removal take the document away, until the object comes again', async () => {
      objects.put(key);
      await notify('0A');
      objects.objects.clear();
      expect(await outcomeOf('0B')).toBe('vanished');
      await expect(found()).rejects.toThrow(DocumentNotFound);
      expect(await listed()).toEqual([]);
      objects.put(key);
      expect(await outcomeOf('0C')).toBe('stored');
      expect((await found()).document).toMatchObject({ fileName: 'Report.pdf', version: 4 });
    });

    it('of a removal that come late find the object there', async () => {
      objects.put(key);
      await notify('0C');
      expect(await outcomeOf('0B')).toBe('earlier');
      expect(await outcomeOf('B')).toBe('unchanged');
      expect(await listed()).toEqual(['Report.pdf']);
    });

    it('of a content that took the place of another one are followed', async () => {
      objects.put(key);
      await notify('0A');
      objects.put(key, { size: 20 });
      expect(await outcomeOf('0B')).toBe('stored');
      expect((await found()).document).toMatchObject({ size: 20, version: 3 });
    });

    it('that are followed at once come to what is there', async () => {
      objects.put(key);
      // Whoever saw the object is overtaken by its removal before it has written.
      objects.afterLook = async () => {
        objects.afterLook = async () => {};
        objects.objects.delete(key);
        await notify('0B');
      };
      expect(await outcomeOf('0A')).toBe('earlier');
      expect(await listed()).toEqual([]);
    });
  });

  describe('an object without a slot', () => {
    const free = `documents/${companyId}/2025/red flower+.jpg`;
    const JPEG = { contentType: 'image/jpeg', firstBytes: Buffer.from([0xff, 0xd8, 0xff]), size: 3 };

    it('is recorded where its company is there', async () => {
      objects.put(free, JPEG);
      expect(await outcomeOf('0A', free)).toBe('stored');
      expect(await outcomeOf('0A', free)).toBe('unchanged');
      const { items } = await list.execute(companyId, { limit: 10 }).finally(() => fixture.settle());
      expect(items.length).toBeLessThanOrEqual(1);
      expect(await listed()).toEqual(['red flower+.jpg']);
    });

    it('may be empty, and of no type', async () => {
      objects.put(free, { size: 0, firstBytes: new Uint8Array(), contentType: 'what?' });
      expect(await outcomeOf('0A', free)).toBe('stored');
      fixture.settle();
      const [document] = (await list.execute(companyId, { limit: 10 })).items;
      expect(document).toMatchObject({ size: 0, contentType: 'application/octet-stream' });
      expect(document).not.toHaveProperty('sniffedType');
    });

    it('is set aside where there is no such company, or none in its key', async () => {
      for (const wrong of [
        `documents/${companyIdAt(9)}/x`,
        'documents/x',
        `documents/${companyId}/../../x/`,
      ]) {
        objects.put(wrong);
        expect(await outcomeOf('0A', wrong)).toBe('set-aside');
      }
      expect(await setAside()).toHaveLength(3);
      expect(objects.objects.size).toBe(3);
    });

    it('that is gone at once leaves nothing but the memory of it', async () => {
      expect(await outcomeOf('0A', free)).toBe('vanished');
      expect(await listed()).toEqual([]);
    });

    it('may come again after its removal', async () => {
      objects.put(free, JPEG);
      await notify('0A', free);
      fixture.settle();
      const [document] = (await list.execute(companyId, { limit: 10 })).items;
      await removeDocument.execute(companyId, document!.documentId, context);
      expect(objects.objects.size).toBe(0);
      expect(await listed()).toEqual([]);
      objects.put(free, JPEG);
      expect(await outcomeOf('0B', free)).toBe('stored');
      expect(await listed()).toEqual(['red flower+.jpg']);
    });
  });

  describe('a removal', () => {
    const removed = () => removeDocument.execute(companyId, slot.documentId, context);

    it('takes object and document, and a link that is used again brings back neither', async () => {
      objects.put(key);
      await notify('0A');
      await removed();
      expect(objects.objects.size).toBe(0);
      fixture.settle();
      await expect(found()).rejects.toThrow(DocumentNotFound);
      expect(await listed()).toEqual([]);
      expect(await outcomeOf('0B')).toBe('unchanged');
      objects.put(key);
      expect(await outcomeOf('0C')).toBe('deleted');
      expect(objects.objects.size).toBe(0);
      await expect(removed()).rejects.toThrow(DocumentNotFound);
    });

    it('is not kept from being final by the notification that it causes', async () => {
      objects.put(key);
      await notify('0A');
      objects.afterDelete = async () => void (await notify('0B'));
      await removed();
      objects.afterDelete = async () => {};
      objects.put(key);
      expect(await outcomeOf('0C')).toBe('deleted');
    });

    it('takes a slot that waits', async () => {
      await removed();
      objects.put(key);
      expect(await outcomeOf('0A')).toBe('deleted');
    });

    it('of an object that arrived unnoticed takes it too', async () => {
      objects.put(key);
      await removed();
      expect(objects.objects.size).toBe(0);
    });

    it('of what is not there says so', async () => {
      await expect(removeDocument.execute(companyId, documentIdAt(99), context)).rejects.toThrow(
        DocumentNotFound,
      );
      await expect(removeDocument.execute(companyIdAt(9), slot.documentId, context)).rejects.toThrow(
        DocumentNotFound,
      );
    });
  });
});
