import type { StoredTotals } from '../../../application/statistics/ports/counted-documents.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { CountedDocument } from '../../../domain/statistics/counted-document.ts';
import { NO_DOCUMENTS, type DocumentTotals } from '../../../domain/statistics/document-totals.ts';
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
  readonly documentTotals: DocumentTotals & { readonly revision: number };
}

export function documentTotalsAttribute({ totals, revision }: StoredTotals): DocumentTotalsAttribute {
  const { count, bytes, types } = totals;
  return { documentTotals: { count, bytes, types, revision } };
}

export function storedTotalsOf(summary: Item | undefined): StoredTotals {
  const stored = (summary as Partial<DocumentTotalsAttribute> | undefined)?.documentTotals;
  if (stored === undefined) return { totals: NO_DOCUMENTS, revision: 0 };
  const { revision, count, bytes, types } = stored;
  const sorted = Object.entries(types).sort(([left], [right]) => (left < right ? -1 : 1));
  return { totals: { count, bytes, types: Object.fromEntries(sorted) }, revision };
}
