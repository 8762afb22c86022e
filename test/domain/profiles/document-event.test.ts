import { describe, expect, it } from '@jest/globals';
import { documentEventOf, documentSnapshotOf } from '../../../src/domain/profiles/document-event.ts';
import type { DocumentRecord } from '../../../src/domain/profiles/document.ts';
import { minutesLater } from '../../support/company-mother.ts';
import { anAwaitedDocument, aStoredDocument } from '../../support/document-mother.ts';

const slot = anAwaitedDocument();
const stored = aStoredDocument();
const { companyId, documentId, objectKey } = stored;
const known = { companyId, documentId, objectKey };
const refused: DocumentRecord = { ...known, version: 2, status: 'refused', reason: 'It is too large.' };
const vanished: DocumentRecord = {
  ...{ ...known, version: 3, status: 'vanished' },
  ...{ fileName: stored.fileName, vanishedAt: minutesLater(3) },
};
const removed: DocumentRecord = {
  ...{ ...known, version: 4, status: 'removed' },
  ...{ removedAt: minutesLater(4), requestId: 'request-1' },
};
const { fileName, contentType, size, sniffedType, storedAt } = stored;
const facts = { fileName, contentType, size, sniffedType, storedAt };

describe('the event of a document', () => {
  it.each([
    ['from nothing', undefined],
    ['in its slot', slot],
    ['after it had vanished', vanished],
  ])('that arrives %s, is its addition', (_, before) => {
    expect(documentEventOf(before, stored)).toEqual({
      kind: 'document-added',
      companyId,
      documentId,
      version: 2,
      occurredAt: storedAt,
      changed: Object.keys(facts),
      previous: {},
      document: facts,
    });
  });

  it('with another content, is an addition at its later version', () => {
    expect(documentEventOf(stored, { ...stored, version: 3, size: 99 })).toMatchObject({
      kind: 'document-added',
      version: 3,
      changed: ['size'],
      previous: { size },
      document: { ...facts, size: 99 },
    });
  });

  it.each([
    ['vanishes', vanished, minutesLater(3)],
    ['is removed', removed, minutesLater(4)],
    ['is made a slot again, by hand', { ...slot, version: 9 }, storedAt],
  ])('that %s, is its removal', (_, after, occurredAt) => {
    const event = documentEventOf(stored, after);
    expect(event).toEqual({
      kind: 'document-removed',
      companyId,
      documentId,
      version: after.version,
      occurredAt,
      changed: Object.keys(facts),
      previous: facts,
    });
  });

  it.each<[string, DocumentRecord | undefined, DocumentRecord | undefined]>([
    ['a slot is made', undefined, slot],
    ['a slot is removed', slot, removed],
    ['a slot is forgotten in time', slot, undefined],
    ['what arrived was refused', slot, refused],
    ['it had vanished before it was removed', vanished, removed],
    ['it was deleted from the table by hand', stored, undefined],
    ['nothing changed', stored, { ...stored }],
    ['only what nobody else knows changed', stored, { ...stored, sequencer: 'ff' }],
  ])('is none where %s', (_, before, after) => {
    expect(documentEventOf(before, after)).toBeUndefined();
  });

  it('told again has the facts, and says that nothing changed', () => {
    expect(documentSnapshotOf(stored)).toEqual({ ...documentEventOf(undefined, stored), changed: [] });
    for (const gone of [vanished, removed]) {
      const again = { ...documentEventOf(stored, gone), changed: [], previous: {} };
      expect(documentSnapshotOf(gone)).toEqual(again);
    }
    for (const never of [slot, refused]) expect(documentSnapshotOf(never)).toBeUndefined();
  });
});
