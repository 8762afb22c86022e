import type { CompanyId } from '../shared/company-id.ts';
import type { Instant } from '../shared/time.ts';
import {
  mediaTypeOf,
  type AwaitedDocument,
  type DocumentId,
  type DocumentRecord,
  type RefusedDocument,
  type StoredDocument,
} from './document.ts';
import { contradicts, sniffedTypeOf } from './sniffed-type.ts';

/** An object as it is in the store. */
export interface StoredObject {
  readonly size: number;
  readonly contentType: string | undefined;
  /** Where the store knows it. */
  readonly sha256?: string;
  readonly entityTag: string;
  readonly storedAt: Instant;
  readonly firstBytes: Uint8Array;
}

/** What a notification is about. */
export interface Notified {
  readonly companyId: CompanyId;
  readonly documentId: DocumentId;
  readonly objectKey: string;
  readonly fileName: string;
  readonly sequencer?: string;
}

/** How long it is remembered that an object was refused, or is not there, of which nobody was told that it was. */
const REMEMBERED_MS = 7 * 24 * 60 * 60 * 1000;

/** What is known after an object was found where a document may be; `before` as far as it still counts. */
export function arrived(
  before: Exclude<DocumentRecord, { status: 'refused' | 'removed' }> | undefined,
  version: number,
  notified: Notified,
  object: StoredObject,
  now: Instant,
): StoredDocument | RefusedDocument {
  const { sequencer, fileName, companyId, documentId, objectKey } = notified;
  const known = { companyId, documentId, objectKey, version, ...(sequencer !== undefined && { sequencer }) };
  const sniffedType = sniffedTypeOf(object.firstBytes);
  const reason = before?.status === 'awaited' ? mismatch(before, object, sniffedType) : undefined;
  if (reason !== undefined) return { ...known, status: 'refused', reason, expiresAt: remembered(now) };
  const requestId = before && 'requestId' in before ? before.requestId : undefined;
  return {
    ...known,
    status: 'stored',
    fileName: before?.fileName ?? fileName,
    contentType: mediaTypeOf(object.contentType ?? '') ?? 'application/octet-stream',
    size: object.size,
    entityTag: object.entityTag,
    storedAt: object.storedAt,
    ...(sniffedType !== undefined && { sniffedType }),
    ...(object.sha256 !== undefined && { sha256: object.sha256 }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** What is known after no object was found; `before` as far as it still counts. */
export function vanished(
  before: Exclude<DocumentRecord, { status: 'refused' | 'removed' }> | undefined,
  version: number,
  { companyId, documentId, objectKey, fileName, sequencer }: Notified,
  now: Instant,
): DocumentRecord {
  const later = { version, ...(sequencer !== undefined && { sequencer }) };
  // A slot stays open; its new version keeps out whoever saw an object in it before.
  if (before?.status === 'awaited') return { ...before, ...later };
  const expiresAt = before === undefined ? remembered(now) : before.expiresAt;
  return {
    companyId,
    documentId,
    objectKey,
    ...later,
    status: 'vanished',
    fileName: before?.fileName ?? fileName,
    vanishedAt: now,
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** Whether the object is the one that the record tells of. */
export function isOf(record: StoredDocument, { entityTag, size, contentType }: StoredObject): boolean {
  return (
    record.entityTag === entityTag &&
    record.size === size &&
    record.contentType === (mediaTypeOf(contentType ?? '') ?? 'application/octet-stream')
  );
}

function mismatch(
  slot: AwaitedDocument,
  { size, contentType = 'nothing', sha256 }: StoredObject,
  sniffedType: string | undefined,
): string | undefined {
  if (size !== slot.size) return `It has ${size} bytes, and its slot was for ${slot.size}.`;
  if (mediaTypeOf(contentType) !== slot.contentType)
    return `It was uploaded as ${contentType}, and its slot was for ${slot.contentType}.`;
  if (contradicts(slot.contentType, sniffedType))
    return `It was declared as ${slot.contentType}, and its first bytes are those of ${sniffedType ?? 'nothing'}.`;
  if (slot.sha256 !== undefined && sha256 !== undefined && sha256 !== slot.sha256)
    return `Its SHA-256 digest is ${sha256}, and its slot was for ${slot.sha256}.`;
  return undefined;
}

function remembered(now: Instant): Instant {
  return new Date(Date.parse(now) + REMEMBERED_MS).toISOString();
}
