import { Unavailable } from '../../domain/shared/errors.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import { millisecondsBetween, type Backoff, type Clock } from '../../domain/shared/time.ts';
import {
  followDocument,
  type CountedDocument,
  type DocumentChange,
} from '../../domain/statistics/counted-document.ts';
import { recounted } from '../../domain/statistics/document-totals.ts';
import { comparePositions, type FollowOutcome } from '../../domain/statistics/tracked-company.ts';
import type { CountedDocuments } from './ports/counted-documents.ts';

/** How often a change may find that another document of the company came between; each time one of those has got on. */
const ATTEMPTS = 60;

/** Counts the documents of companies, known or not. */
export class CountDocument {
  constructor(
    private readonly documents: Pick<CountedDocuments, 'find' | 'change'>,
    private readonly clock: Clock,
    private readonly backoff: Backoff,
  ) {}

  /** Counts a document as the profiles service last said that it is, unless something newer is known. @throws Unavailable */
  async execute(
    change: DocumentChange,
  ): Promise<{ readonly outcome: FollowOutcome; readonly lagMs: number }> {
    const { companyId, changedAt, documentId, position, content, requestId } = change;
    const document = {
      documentId,
      position,
      ...(content && { content }),
      ...(requestId !== undefined && { requestId }),
    };
    const outcome = await this.#count(companyId, document, (known) => followDocument(known, document));
    return { outcome, lagMs: millisecondsBetween(changedAt, this.clock.now()) };
  }

  /**
   * Repair: counts a document as its source has it where the known position is lower or equal, whatever its content.
   * Answers whether it did.
   *
   * @throws Unavailable
   */
  async overwrite(companyId: CompanyId, document: CountedDocument): Promise<boolean> {
    const outcome = await this.#count(companyId, document, (known) =>
      known && comparePositions(known.position, document.position) > 0 ? 'stale' : 'followed',
    );
    return outcome === 'followed';
  }

  async #count(
    companyId: CompanyId,
    document: CountedDocument,
    decide: (known: CountedDocument | undefined) => FollowOutcome,
  ): Promise<FollowOutcome> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const { document: known, totals, revision } = await this.documents.find(companyId, document.documentId);
      const outcome = decide(known);
      if (outcome !== 'followed') return outcome;
      const change = { totals: recounted(totals, known, document), revisionBefore: revision, keep: document };
      if (await this.documents.change(companyId, change)) return outcome;
      await this.backoff(attempt);
    }
    throw new Unavailable(`The documents of company ${companyId} are changed by too many at once.`);
  }
}
