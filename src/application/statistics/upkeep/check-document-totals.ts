import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { isSame } from '../../../domain/shared/equality.ts';
import { inParallel } from '../../../domain/shared/in-parallel.ts';
import { told, type Difference } from '../../../domain/statistics/difference.ts';
import { totalsOf, type DocumentTotals } from '../../../domain/statistics/document-totals.ts';
import type { CountedDocument } from '../../../domain/statistics/counted-document.ts';
import type { CountedDocuments, StoredTotals } from '../ports/counted-documents.ts';

/** How often a company is read whose documents change meanwhile. */
const ATTEMPTS = 5;
/** Companies whose documents are read at a time. */
const WIDTH = 16;

/** Totals as they are stored, and as the documents say that they should be. */
export interface CheckedTotals {
  readonly stored: StoredTotals;
  readonly right: DocumentTotals;
  readonly differences: readonly Difference[];
}

/** Compares what the documents of companies come to with the documents that are counted. */
export class CheckDocumentTotals {
  constructor(private readonly documents: Pick<CountedDocuments, 'totals' | 'all'>) {}

  /** In the order of the companies. Where documents change all the time no difference is told. @throws Unavailable */
  async execute(companyIds: readonly CompanyId[]): Promise<readonly CheckedTotals[]> {
    const stored = await this.documents.totals(companyIds);
    const read = companyIds.map((companyId, index) => ({ companyId, first: stored[index]! }));
    return inParallel(read, WIDTH, ({ companyId, first }) => this.#check(companyId, first));
  }

  async #check(companyId: CompanyId, first: StoredTotals): Promise<CheckedTotals> {
    let stored = first;
    for (let attempt = 1; ; attempt++) {
      const right = totalsOf(await this.#all(companyId));
      const differences = differencesOf(stored, right);
      if (differences.length === 0) return { stored, right, differences };
      // What was read of totals and documents belongs together if the revision has not moved meanwhile.
      const [now] = await this.documents.totals([companyId]);
      if (now === undefined || now.revision === stored.revision) return { stored, right, differences };
      if (attempt === ATTEMPTS) return { stored, right, differences: [] };
      stored = now;
    }
  }

  async #all(companyId: CompanyId): Promise<CountedDocument[]> {
    const all: CountedDocument[] = [];
    for await (const document of this.documents.all(companyId)) all.push(document);
    return all;
  }
}

function differencesOf({ totals, revision }: StoredTotals, right: DocumentTotals): Difference[] {
  if (isSame(totals, right)) return [];
  const detail = `the documents come to ${told(right)}, stored is ${told(totals)}`;
  return [{ kind: 'document-totals-differ', detail, mark: JSON.stringify(['documents', revision, totals]) }];
}
