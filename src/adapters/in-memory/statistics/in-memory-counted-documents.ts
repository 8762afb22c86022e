import type {
  CountChange,
  CountedDocuments,
  StoredTotals,
} from '../../../application/statistics/ports/counted-documents.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { CountedDocument } from '../../../domain/statistics/counted-document.ts';
import { NO_DOCUMENTS } from '../../../domain/statistics/document-totals.ts';
import { copyOf } from '../copy-of.ts';
import { LaggingLists } from '../lagging-lists.ts';
import { LaggingMap } from '../lagging-map.ts';
import type { OnChange } from './statistics-change.ts';

const NOTHING: StoredTotals = { totals: NO_DOCUMENTS, revision: 0 };

export class InMemoryCountedDocuments implements CountedDocuments {
  readonly #totals = new LaggingMap<CompanyId, StoredTotals>();
  readonly #documents = new LaggingLists<CountedDocument>();
  /** The companies that have totals. */
  readonly #companies = new Set<CompanyId>();

  constructor(private readonly onChange: OnChange = () => {}) {}

  /** From now on eventual reads of the totals may miss up to this many of the last writes. */
  lag(writes: number): void {
    this.#totals.lag(writes);
  }

  /** Brings eventual reads up to date once; later writes lag as before. */
  catchUp(): void {
    this.#totals.catchUp();
  }

  /** The companies of which documents are, or were, counted, in no promised order. */
  companies(): CompanyId[] {
    return [...this.#companies];
  }

  totalsOf(companyId: CompanyId, consistency: 'eventual' | 'strong'): StoredTotals {
    return copyOf(this.#totals.get(companyId, consistency) ?? NOTHING);
  }

  async find(
    companyId: CompanyId,
    documentId: string,
  ): Promise<StoredTotals & { readonly document?: CountedDocument }> {
    const document = this.#documents.get(companyId, documentId, 'strong');
    return { ...this.totalsOf(companyId, 'strong'), ...(document && { document: copyOf(document) }) };
  }

  async totals(companyIds: readonly CompanyId[]): Promise<readonly StoredTotals[]> {
    return companyIds.map((companyId) => this.totalsOf(companyId, 'strong'));
  }

  async *all(companyId: CompanyId): AsyncGenerator<CountedDocument> {
    const documents = this.#documents.valuesOf(companyId, 'strong');
    yield* copyOf(documents).sort((left, right) => (left.documentId < right.documentId ? -1 : 1));
  }

  async change(
    companyId: CompanyId,
    { totals, revisionBefore, keep, forget }: CountChange,
  ): Promise<boolean> {
    if (this.totalsOf(companyId, 'strong').revision !== revisionBefore) return false;
    this.#companies.add(companyId);
    this.#totals.set(companyId, copyOf({ totals, revision: revisionBefore + 1 }));
    if (keep) this.#documents.set(companyId, keep.documentId, copyOf(keep));
    if (forget !== undefined) this.#documents.delete(companyId, forget);
    this.onChange({ companyId });
    return true;
  }
}
