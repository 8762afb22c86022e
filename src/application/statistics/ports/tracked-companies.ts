import type { TrackedCompany } from '../../../domain/statistics/tracked-company.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';

/** The companies that statistics follows, tombstones too. */
export interface TrackedCompanies {
  /** An `eventual` read may be behind by some writes; a `strong` one is not. @throws Unavailable */
  find(companyId: CompanyId, consistency: 'eventual' | 'strong'): Promise<TrackedCompany | undefined>;

  /** Those of the companies that there are, in no promised order; not behind any write. @throws Unavailable */
  findAll(companyIds: readonly CompanyId[]): Promise<readonly TrackedCompany[]>;

  /**
   * Keeps what `follow` would call followed, in one conditional write without a read; otherwise keeps what there is and
   * answers with it. A write whose answer was lost and that is sent again finds itself, a duplicate.
   *
   * @throws Unavailable
   */
  follow(tracked: TrackedCompany): Promise<TrackedCompany | undefined>;

  /**
   * Repair: keeps what the source says where the known position is lower or equal, whatever its content.
   * Answers whether it did.
   *
   * @throws Unavailable
   */
  overwrite(tracked: TrackedCompany): Promise<boolean>;

  /** Repair: forgets a company that its source never knew, unless it has changed since. @throws Unavailable */
  forget(tracked: TrackedCompany): Promise<boolean>;

  /** Every tracked company, tombstones too, in ascending order of companyId. @throws Unavailable */
  all(): AsyncIterable<TrackedCompany>;
}
