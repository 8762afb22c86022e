import type { CompanyId } from '../shared/company-id.ts';
import { isSame } from '../shared/equality.ts';
import type { Instant } from '../shared/time.ts';
import type { DocumentId, DocumentRecord, StoredDocument } from './document.ts';

const FACT_NAMES = ['fileName', 'contentType', 'size', 'sha256', 'sniffedType', 'storedAt'] as const;
type DocumentFactName = (typeof FACT_NAMES)[number];

/** What others may know of a document that is there. */
export type ToldDocument = Pick<StoredDocument, DocumentFactName>;

/** Something that others may want to know about a document of a company. */
export interface DocumentEvent {
  readonly kind: 'document-added' | 'document-removed';
  readonly companyId: CompanyId;
  readonly documentId: DocumentId;
  /** The document's own, after what happened: later facts have a higher one. */
  readonly version: number;
  readonly occurredAt: Instant;
  readonly changed: readonly DocumentFactName[];
  /** What the changed facts were before; a fact that was absent is absent here too. */
  readonly previous: Partial<ToldDocument>;
  /** The document as it now is; absent where it is there no more. */
  readonly document?: ToldDocument;
}

/**
 * What two states of one document mean to others; undefined where they mean nothing: to them there is what has arrived,
 * and no slot. Other content in the place of a document is told as an addition at a later version.
 */
export function documentEventOf(
  before: DocumentRecord | undefined,
  after: DocumentRecord | undefined,
): DocumentEvent | undefined {
  // What is forgotten in time was never there for others. A deletion by hand is the audit's to find.
  if (after === undefined) return undefined;
  const [told, now] = [toldOf(before), toldOf(after)];
  const there = now ?? told;
  if (there === undefined) return undefined;
  const changed = FACT_NAMES.filter((fact) => !isSame(told?.[fact], now?.[fact]));
  if (changed.length === 0 && before?.version === after.version) return undefined;
  const previous = Object.fromEntries(
    changed.flatMap((fact) => (told?.[fact] === undefined ? [] : [[fact, told[fact]]])),
  );
  const { companyId, documentId, version } = after;
  return {
    kind: now ? 'document-added' : 'document-removed',
    companyId,
    documentId,
    version,
    occurredAt: changedAtOf(after, there.storedAt),
    changed,
    previous,
    ...(now && { document: now }),
  };
}

/**
 * What is known of a document, told again: for consumers that start from nothing, or have missed something. Of one that is
 * there no more its removal; undefined of what was never there.
 */
export function documentSnapshotOf(record: DocumentRecord): DocumentEvent | undefined {
  const { companyId, documentId, version } = record;
  const told = { companyId, documentId, version, changed: [], previous: {} };
  switch (record.status) {
    case 'stored':
      return {
        ...told,
        kind: 'document-added',
        occurredAt: record.storedAt,
        document: toldOf(record)!,
      };
    case 'removed':
      return { ...told, kind: 'document-removed', occurredAt: record.removedAt };
    case 'vanished':
      return { ...told, kind: 'document-removed', occurredAt: record.vanishedAt };
    case 'awaited':
    case 'refused':
      return undefined;
  }
}

function toldOf(record: DocumentRecord | undefined): ToldDocument | undefined {
  if (record?.status !== 'stored') return undefined;
  const told: Partial<Record<DocumentFactName, unknown>> = {};
  for (const fact of FACT_NAMES) if (record[fact] !== undefined) told[fact] = record[fact];
  return told as ToldDocument;
}

function changedAtOf(record: DocumentRecord, storedAt: Instant): Instant {
  switch (record.status) {
    case 'stored':
      return record.storedAt;
    case 'removed':
      return record.removedAt;
    case 'vanished':
      return record.vanishedAt;
    case 'awaited':
    case 'refused':
      // Only by hand does a document become one of these; nobody has said when.
      return storedAt;
  }
}
