import type { StoredObject } from '../../src/domain/profiles/document-arrival.ts';
import { objectKeyOf } from '../../src/domain/profiles/document-key.ts';
import {
  documentIdOf,
  type AwaitedDocument,
  type DocumentId,
  type RemovedDocument,
  type StoredDocument,
} from '../../src/domain/profiles/document.ts';
import { companyIdAt, minutesLater, REGISTERED_AT } from './company-mother.ts';

/** The documentId of a number: later numbers sort later. */
export function documentIdAt(number: number): DocumentId {
  return documentIdOf(`00000000-0000-7000-9000-${number.toString(16).padStart(12, '0')}`);
}

export const PDF = new TextEncoder().encode('%PDF-1.7\n');

export function anAwaitedDocument(overrides: Partial<AwaitedDocument> = {}): AwaitedDocument {
  const { companyId = companyIdAt(1), documentId = documentIdAt(1) } = overrides;
  return {
    status: 'awaited',
    companyId,
    documentId,
    objectKey: objectKeyOf(companyId, documentId),
    version: 1,
    fileName: 'Report 2025.pdf',
    contentType: 'application/pdf',
    size: PDF.length,
    requestId: 'request-1',
    expiresAt: minutesLater(24 * 60),
    ...overrides,
  };
}

export function aStoredDocument(overrides: Partial<StoredDocument> = {}): StoredDocument {
  const { status: _status, expiresAt: _expiresAt, ...slot } = anAwaitedDocument();
  const { companyId = slot.companyId, documentId = slot.documentId } = overrides;
  return {
    ...slot,
    status: 'stored',
    objectKey: objectKeyOf(companyId, documentId),
    version: 2,
    sniffedType: 'application/pdf',
    entityTag: '"1"',
    storedAt: minutesLater(1),
    ...overrides,
  };
}

export function removedDocument({
  companyId,
  documentId,
  objectKey,
  version,
}: StoredDocument): RemovedDocument {
  const known = { companyId, documentId, objectKey, version: version + 1 };
  return { ...known, status: 'removed', removedAt: minutesLater(9), requestId: 'request-2' };
}

export function anObject(overrides: Partial<StoredObject> = {}): StoredObject {
  return {
    size: PDF.length,
    contentType: 'application/pdf',
    entityTag: '"1"',
    storedAt: REGISTERED_AT,
    firstBytes: PDF,
    ...overrides,
  };
}
