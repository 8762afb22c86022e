import type { Company } from '../../../domain/profiles/company.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';

/** A request that may be sent again: who asked, under which key, for what. */
export interface IdempotentRequest {
  readonly caller: string;
  readonly key: string;
  /** A digest of the body: the same key with another digest is another request. */
  readonly digest: string;
}

export interface WriteContext {
  /** Travels with the write, so that one id follows a change into every log and table. */
  readonly requestId: string;
}

/**
 * The companies, their tombstones, and who bears which identifier.
 *
 * Every write is conditional: nothing is overwritten that the caller has not seen. A write that was applied, but whose
 * answer was lost, is recognised when it is sent again.
 */
export interface CompanyRepository {
  /**
   * The company or its tombstone. An `eventual` read may be behind by some writes; a `strong` one is not.
   *
   * @throws Unavailable
   */
  find(companyId: CompanyId, consistency: 'eventual' | 'strong'): Promise<Company | undefined>;

  /** Those of the companies that there are, or their tombstones, in no promised order; not behind any write. @throws Unavailable */
  findAll(companyIds: readonly CompanyId[]): Promise<readonly Company[]>;

  /**
   * Adds a new company, with its identifiers and, where there is one, the request that asked for it, all or nothing.
   * Answers with the company as it was first added: for a request seen before, that of the first time.
   *
   * @throws IdentifierTaken, IdempotencyKeyReused, IdempotencyKeyExpired, Unavailable
   */
  add(company: Company, context: WriteContext & { readonly request?: IdempotentRequest }): Promise<Company>;

  /**
   * Replaces `before`, as it was read, by `after`, and its identifiers by the new ones, all or nothing.
   *
   * @throws ProfileVersionConflict where the company is no longer at before.version, IdentifierTaken, Unavailable
   */
  replace(before: Company, after: Company, context: WriteContext): Promise<void>;

  /**
   * Stores a company, or its tombstone, as this release stores it. What is read of it stays the same, as do version and
   * history. Answers whether it was still as it was read.
   *
   * @throws Unavailable
   */
  rewrite(company: Company): Promise<boolean>;
}
