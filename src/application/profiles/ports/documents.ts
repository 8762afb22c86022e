import type { DocumentId, DocumentRecord, StoredDocument } from '../../../domain/profiles/document.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';

/** What is known of the documents of companies. */
export interface Documents {
  /** May answer with what no longer counts. An `eventual` read may be behind by some writes. @throws Unavailable */
  find(
    companyId: CompanyId,
    documentId: DocumentId,
    consistency: 'eventual' | 'strong',
  ): Promise<DocumentRecord | undefined>;

  /** The documents that have arrived and are there, those of later slots first. @throws Unavailable */
  list(companyId: CompanyId, page: PageRequest): Promise<Page<StoredDocument>>;

  /** All that is known, whatever became of it, in ascending order of documentId; not behind any write. @throws Unavailable */
  all(companyId: CompanyId): AsyncIterable<DocumentRecord>;

  /**
   * Writes a record in the place of the one of version `versionBefore`, 0 where there is none.
   *
   * @returns false, having written nothing, where there is another version by now
   * @throws Unavailable
   */
  save(record: DocumentRecord, versionBefore: number): Promise<boolean>;
}
