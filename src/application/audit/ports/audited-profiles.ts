import type { AuditedCompany } from '../../../domain/audit/audited-company.ts';
import type { AuditedDocument } from '../../../domain/audit/document-drift.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';

/** The profiles service: what it says is right. */
export interface AuditedProfiles {
  /** The epoch at which the service publishes. */
  readonly epoch: number;

  /** Every company, tombstones too, in ascending order of companyId. @throws Unavailable */
  all(): AsyncIterable<AuditedCompany>;

  /** The company or its tombstone, not behind any write. @throws Unavailable */
  find(companyId: CompanyId): Promise<AuditedCompany | undefined>;

  /** The versions of the revisions that there are, ascending, not behind any write. @throws Unavailable */
  revisions(companyId: CompanyId): Promise<readonly number[]>;

  /** What is known of the documents of a company, those that are not there too; not behind any write. @throws Unavailable */
  documents(companyId: CompanyId): Promise<readonly AuditedDocument[]>;

  /** Restores lost revisions from what is left, and answers how many. @throws Unavailable */
  restoreRevisions(companyId: CompanyId, versions: readonly number[]): Promise<number>;

  /** Forgets revisions that are beyond the profile, and answers how many. @throws Unavailable */
  forgetRevisions(companyId: CompanyId, versions: readonly number[]): Promise<number>;
}
