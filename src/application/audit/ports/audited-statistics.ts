import type { AuditedCompany } from '../../../domain/audit/audited-company.ts';
import type { AuditedDocument } from '../../../domain/audit/document-drift.ts';
import type { KnownCompany } from '../../../domain/audit/merge-by-company.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';

/** The statistics service, as far as it replicates the profiles and counts their documents. */
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

  /** The documents of a company that are, or were, counted; not behind any write. @throws Unavailable */
  documents(companyId: CompanyId): Promise<readonly AuditedDocument[]>;

  /** Counts a document as it is told unless a later position is known; answers whether it did. @throws Unavailable */
  overwriteDocument(companyId: CompanyId, told: AuditedDocument): Promise<boolean>;

  /** Like `bury`, of a document. @throws Unavailable */
  buryDocument(companyId: CompanyId, counted: AuditedDocument): Promise<boolean>;

  /** Forgets a document unless it has changed since it was read; answers whether it did. @throws Unavailable */
  forgetDocument(companyId: CompanyId, counted: AuditedDocument): Promise<boolean>;

  /** Forgets a replica unless it has changed since it was read; answers whether it did. @throws Unavailable */
  forget(replica: AuditedCompany): Promise<boolean>;
}
