import type { CountedDocument, DocumentChange } from '../../src/domain/statistics/counted-document.ts';
import { companyIdAt, minutesLater } from './company-mother.ts';
import { documentIdAt } from './document-mother.ts';

export function aCountedDocument(number: number, overrides: Partial<CountedDocument> = {}): CountedDocument {
  return {
    documentId: documentIdAt(number),
    position: { epoch: 1, version: 2 },
    content: { contentType: 'application/pdf', size: 1_000 + number },
    ...overrides,
  };
}

export function aRemovedDocument(number: number, version = 3): CountedDocument {
  return { documentId: documentIdAt(number), position: { epoch: 1, version } };
}

/** What the profiles service may say of a document of the first company. */
export function aDocumentChange(document: CountedDocument): DocumentChange {
  return { ...document, companyId: companyIdAt(1), changedAt: minutesLater(document.position.version) };
}
