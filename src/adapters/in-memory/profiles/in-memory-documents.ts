import type { Documents } from '../../../application/profiles/ports/documents.ts';
import type { DocumentId, DocumentRecord, StoredDocument } from '../../../domain/profiles/document.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import { copyOf } from '../copy-of.ts';
import { LaggingLists } from '../lagging-lists.ts';

export class InMemoryDocuments implements Documents {
  readonly #records = new LaggingLists<DocumentRecord>();

  /** From now on pages and eventual reads may miss up to this many of the last writes. */
  lag(writes: number): void {
    this.#records.lag(writes);
  }

  /** Brings pages and eventual reads up to date once; later writes lag as before. */
  catchUp(): void {
    this.#records.catchUp();
  }

  async find(
    companyId: CompanyId,
    documentId: DocumentId,
    consistency: 'eventual' | 'strong',
  ): Promise<DocumentRecord | undefined> {
    return copyOf(this.#records.get(companyId, documentId, consistency));
  }

  async list(companyId: CompanyId, { limit, after }: PageRequest): Promise<Page<StoredDocument>> {
    const rest = this.#records
      .valuesOf(companyId, 'eventual')
      .filter((record) => record.status === 'stored')
      .filter(({ documentId }) => after === undefined || documentId < after)
      .sort((left, right) => (left.documentId < right.documentId ? 1 : -1));
    const items = rest.slice(0, limit).map((document) => copyOf(document));
    return { items, ...(rest.length > limit && { next: items.at(-1)!.documentId }) };
  }

  async save(record: DocumentRecord, versionBefore: number): Promise<boolean> {
    const { companyId, documentId } = record;
    const version = this.#records.get(companyId, documentId, 'strong')?.version ?? 0;
    if (version !== versionBefore) return false;
    this.#records.set(companyId, documentId, copyOf(record));
    return true;
  }
}
