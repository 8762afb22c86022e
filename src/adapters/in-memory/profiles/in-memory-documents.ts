import type { Documents } from '../../../application/profiles/ports/documents.ts';
import type { DocumentId, DocumentRecord, StoredDocument } from '../../../domain/profiles/document.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import { copyOf } from '../copy-of.ts';
import { LaggingLists } from '../lagging-lists.ts';
import type { InMemoryProfiles } from './in-memory-profiles.ts';

export class InMemoryDocuments implements Documents {
  readonly #records = new LaggingLists<DocumentRecord>();

  /** @param profiles whose stream tells of documents too, as that of one table does */
  constructor(private readonly profiles: InMemoryProfiles) {}

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

  async *all(companyId: CompanyId): AsyncGenerator<DocumentRecord> {
    const documents = this.#records
      .valuesOf(companyId, 'strong')
      .sort((left, right) => (left.documentId < right.documentId ? -1 : 1));
    for (const document of documents) yield copyOf(document);
  }

  async save(record: DocumentRecord, versionBefore: number): Promise<boolean> {
    const { companyId, documentId } = record;
    const before = this.#records.get(companyId, documentId, 'strong');
    if ((before?.version ?? 0) !== versionBefore) return false;
    this.#records.set(companyId, documentId, copyOf(record));
    this.profiles.tell({ of: 'document', ...(before && { before }), after: record });
    return true;
  }
}
