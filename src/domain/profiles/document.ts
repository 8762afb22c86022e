import type { CompanyId } from '../shared/company-id.ts';
import { InvalidInput, type Violation } from '../shared/errors.ts';
import { textOf } from '../shared/text.ts';
import type { Instant } from '../shared/time.ts';

/** A UUID in lower case: of version 7 for a slot, of version 5 for an object that came without one. */
export type DocumentId = string & { readonly brand: 'DocumentId' };

/** What the one who uploads a document says of it. */
export interface DocumentFacts {
  readonly fileName: string;
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
  /** 64 hexadecimal digits, in lower case. */
  readonly sha256?: string;
}

export const DOCUMENT_BOUNDS = { fileName: 200, contentType: 200, size: 100_000_000 } as const;

/** What there is of every document, whatever became of it. */
interface Known {
  readonly companyId: CompanyId;
  readonly documentId: DocumentId;
  /** Where its object is in the store. */
  readonly objectKey: string;
  /** Of the document itself: 1 at first, one more with every change. */
  readonly version: number;
  /** The latest notification of the object that was followed, as the store numbers them. */
  readonly sequencer?: string;
  /** When what is known counts for nothing any more. */
  readonly expiresAt?: Instant;
}

/** A slot: nothing has arrived yet. */
export interface AwaitedDocument extends Known, DocumentFacts {
  readonly status: 'awaited';
  readonly requestId: string;
}

/** A document whose object has arrived. */
export interface StoredDocument extends Known, DocumentFacts {
  readonly status: 'stored';
  /** What its first bytes say; absent where it has none. */
  readonly sniffedType?: string;
  /** The store's own name for this content. */
  readonly entityTag: string;
  readonly storedAt: Instant;
  /** The request that made the slot, where there was one. */
  readonly requestId?: string;
}

/** What arrived was not what the slot was for. */
export interface RefusedDocument extends Known {
  readonly status: 'refused';
  readonly reason: string;
}

/** Its object vanished from the store. It may come again. */
export interface VanishedDocument extends Known {
  readonly status: 'vanished';
  readonly fileName: string;
  readonly vanishedAt: Instant;
  /** The request that removed it, where one did. */
  readonly requestId?: string;
}

/** Removed on request. Nothing brings it back. */
export interface RemovedDocument extends Known {
  readonly status: 'removed';
  readonly removedAt: Instant;
  /** The request that removed it. */
  readonly requestId: string;
}

export type DocumentRecord =
  AwaitedDocument | StoredDocument | RefusedDocument | VanishedDocument | RemovedDocument;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws InvalidInput where the text is no UUID */
export function documentIdOf(text: string): DocumentId {
  const id = text.toLowerCase();
  if (!UUID.test(id)) throw InvalidInput.at(['documentId'], 'must be a UUID');
  return id as DocumentId;
}

/** @throws InvalidInput with everything that is wrong */
export function documentFactsOf({ fileName, contentType, size, sha256 }: DocumentFacts): DocumentFacts {
  const violations: Violation[] = [];
  const refuse = (path: string, detail: string): number => violations.push({ path: [path], detail });
  const name = textOf(fileName, ['fileName'], { longest: DOCUMENT_BOUNDS.fileName }, violations);
  if (/[/\\]/.test(name) || name === '.' || name === '..')
    refuse('fileName', 'must be the name of a file, without a folder');
  const type = mediaTypeOf(contentType);
  if (type === undefined) refuse('contentType', 'must be a media type, such as application/pdf');
  if (!Number.isSafeInteger(size) || size < 1 || size > DOCUMENT_BOUNDS.size)
    refuse('size', `must be a whole number of bytes from 1 to ${DOCUMENT_BOUNDS.size}`);
  const digest = sha256?.toLowerCase();
  if (digest !== undefined && !/^[0-9a-f]{64}$/.test(digest))
    refuse('sha256', 'must be a SHA-256 digest of 64 hexadecimal digits');
  if (violations.length > 0) throw new InvalidInput(violations);
  return {
    fileName: name,
    contentType: type!,
    size,
    ...(digest !== undefined && { sha256: digest }),
  };
}

const TOKEN = "[a-z0-9!#$&^_.+'*-]{1,100}";
const MEDIA_TYPE = new RegExp(`^${TOKEN}/${TOKEN}(?:; ?${TOKEN}=${TOKEN}){0,3}$`);

/** A media type in lower case; undefined where the text is none. */
export function mediaTypeOf(text: string): string | undefined {
  const type = text.trim().toLowerCase();
  return type.length <= DOCUMENT_BOUNDS.contentType && MEDIA_TYPE.test(type) ? type : undefined;
}

/** Whether what is known of a document still counts. */
export function counts(record: DocumentRecord, now: Instant): boolean {
  return record.expiresAt === undefined || record.expiresAt > now;
}
