import type { AuditedCompany } from '../../../domain/audit/audited-company.ts';
import type { KnownCompany } from '../../../domain/audit/merge-by-company.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';

/** The statistics service, as far as it replicates the profiles. */
export interface AuditedStatistics {
  /** Every company it knows anything of, tombstones too, in ascending order of companyId. @throws Unavailable */
  all(): AsyncIterable<KnownCompany>;

  /** The replica, not behind any write. @throws Unavailable */
  find(companyId: CompanyId): Promise<AuditedCompany | undefined>;

  /** Keeps what the profile says unless a later position is known; answers whether it did. @throws Unavailable */
  overwrite(profile: AuditedCompany): Promise<boolean>;

  /**
   * Has a company that profiles does not know be removed: what the replica's epoch still has to tell changes nothing, what
   * a later one tells does. Answers whether it did: not where a later one has told something since it was read.
   *
   * @throws Unavailable
   */
  bury(replica: AuditedCompany): Promise<boolean>;

  /** Forgets a replica unless it has changed since it was read; answers whether it did. @throws Unavailable */
  forget(replica: AuditedCompany): Promise<boolean>;
}
