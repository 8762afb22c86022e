import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { CountedDocument } from '../../../domain/statistics/counted-document.ts';
import type { DocumentTotals } from '../../../domain/statistics/document-totals.ts';

/** What the documents of a company come to, as it is stored. */
export interface StoredTotals {
  readonly totals: DocumentTotals;
  /** Raised with every change of the totals, or of any document that they count; 0 where nothing is stored. */
  readonly revision: number;
}

/** A change of one document of a company, with all that it means to the totals. */
export interface CountChange {
  readonly totals: DocumentTotals;
  /** The change is made if it is still the stored one. */
  readonly revisionBefore: number;
  /** What is kept of the document from now on. */
  readonly keep?: CountedDocument;
  /** The id of a document of which nothing is to be kept. */
  readonly forget?: string;
}

/** The documents that statistics counts, and what they come to. No read is behind any write. */
export interface CountedDocuments {
  /** The totals of a company, read before the document: that is then no older than they are. @throws Unavailable */
  find(
    companyId: CompanyId,
    documentId: string,
  ): Promise<StoredTotals & { readonly document?: CountedDocument }>;

  /** The totals of companies, in their order. @throws Unavailable */
  totals(companyIds: readonly CompanyId[]): Promise<readonly StoredTotals[]>;

  /** Every document of a company, removed ones too, in ascending order of documentId. @throws Unavailable */
  all(companyId: CompanyId): AsyncIterable<CountedDocument>;

  /** Makes all of a change or nothing, and answers whether it did. @throws Unavailable */
  change(companyId: CompanyId, change: CountChange): Promise<boolean>;
}
