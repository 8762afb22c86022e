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
import type { CountChange, CountedDocuments } from './ports/counted-documents.ts';

type Known = Awaited<ReturnType<CountedDocuments['find']>>;

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

  /** Repair: forgets a document unless it has changed since; answers whether it did. @throws Unavailable */
  async forget(companyId: CompanyId, document: CountedDocument): Promise<boolean> {
    const { documentId } = document;
    return this.#change(companyId, documentId, ({ document: known, totals }) =>
      known !== undefined && followDocument(known, document) === 'duplicate'
        ? { totals: recounted(totals, known, undefined), forget: documentId }
        : undefined,
    );
  }

  async #count(
    companyId: CompanyId,
    document: CountedDocument,
    decide: (known: CountedDocument | undefined) => FollowOutcome,
  ): Promise<FollowOutcome> {
    let outcome: FollowOutcome = 'followed';
    await this.#change(companyId, document.documentId, ({ document: known, totals }) => {
      outcome = decide(known);
      return outcome === 'followed'
        ? { totals: recounted(totals, known, document), keep: document }
        : undefined;
    });
    return outcome;
  }

  /** Makes the change that `plan` makes of what is known, and answers whether there was one. */
  async #change(
    companyId: CompanyId,
    documentId: string,
    plan: (known: Known) => Omit<CountChange, 'revisionBefore'> | undefined,
  ): Promise<boolean> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const known = await this.documents.find(companyId, documentId);
      const change = plan(known);
      if (change === undefined) return false;
      if (await this.documents.change(companyId, { ...change, revisionBefore: known.revision })) return true;
      await this.backoff(attempt);
    }
    throw new Unavailable(`The documents of company ${companyId} are changed by too many at once.`);
  }
}
