import type { StoredTotals } from '../../../application/statistics/ports/counted-documents.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { CountedDocument } from '../../../domain/statistics/counted-document.ts';
import { NO_DOCUMENTS } from '../../../domain/statistics/document-totals.ts';
import type { Item } from '../errors.ts';
import type { ItemKey } from '../keys.ts';
import { countedDocumentKey } from './statistics-keys.ts';

interface CountedDocumentItem extends ItemKey {
  readonly documentId: string;
  readonly documentEpoch: number;
  readonly documentVersion: number;
  /** Both absent where it was removed. */
  readonly contentType?: string;
  readonly size?: number;
  readonly requestId?: string;
}

export function countedDocumentItem(companyId: CompanyId, document: CountedDocument): CountedDocumentItem {
  const { documentId, position, content, requestId } = document;
  return {
    ...countedDocumentKey(companyId, documentId),
    documentId,
    documentEpoch: position.epoch,
    documentVersion: position.version,
    ...(content && { contentType: content.contentType, size: content.size }),
    ...(requestId !== undefined && { requestId }),
  };
}

export function countedDocumentOf(item: Item): CountedDocument {
  const { documentId, documentEpoch, documentVersion, contentType, size, requestId } =
    item as unknown as CountedDocumentItem;
  return {
    documentId,
    position: { epoch: documentEpoch, version: documentVersion },
    ...(contentType !== undefined && size !== undefined && { content: { contentType, size } }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** What the summary item of a company says of its documents, beside what it says of its profile. */
export interface DocumentTotalsAttribute {
  readonly documentTotals: {
    readonly revision: number;
    readonly count: number;
    readonly bytes: number;
    /** In the order of the kinds, which a map would lose. */
    readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  };
}

export function documentTotalsAttribute({ totals, revision }: StoredTotals): DocumentTotalsAttribute {
  const { count, bytes, types } = totals;
  const kinds = Object.entries(types).map(([kind, ofKind]) => ({ kind, count: ofKind }));
  return { documentTotals: { revision, count, bytes, kinds } };
}

export function storedTotalsOf(summary: Item | undefined): StoredTotals {
  const stored = (summary as Partial<DocumentTotalsAttribute> | undefined)?.documentTotals;
  if (stored === undefined) return { totals: NO_DOCUMENTS, revision: 0 };
  const { revision, count, bytes, kinds } = stored;
  const types = Object.fromEntries(kinds.map(({ kind, count: ofKind }) => [kind, ofKind]));
  return { totals: { count, bytes, types }, revision };
}
