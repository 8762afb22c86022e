import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { CountedDocuments } from '../ports/counted-documents.ts';
import type { CheckDocumentTotals } from './check-document-totals.ts';

/** How often a document may have changed since it was read. */
const ATTEMPTS = 20;

/** Has the totals of a company be what its counted documents come to. */
export class RestoreDocumentTotals {
  constructor(
    private readonly documents: Pick<CountedDocuments, 'change'>,
    private readonly checkDocumentTotals: CheckDocumentTotals,
  ) {}

  /** What changes all the time may be left as it is. @throws Unavailable */
  async execute(companyId: CompanyId): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const [checked] = await this.checkDocumentTotals.execute([companyId]);
      if (checked === undefined || checked.differences.length === 0) return;
      const { stored, right } = checked;
      if (await this.documents.change(companyId, { totals: right, revisionBefore: stored.revision })) return;
    }
  }
}
