import type { Revision } from '../../../domain/profiles/revision.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';

/** The history of every company. A revision that was appended is never changed. */
export interface RevisionLog {
  /** Appends revisions; one that is there already stays as it is. @throws Unavailable */
  append(revisions: readonly Revision[]): Promise<void>;

  /** Newest first. @throws Unavailable */
  list(companyId: CompanyId, page: PageRequest): Promise<Page<Revision>>;

  find(companyId: CompanyId, version: number): Promise<Revision | undefined>;

  /** The versions that there are, ascending. @throws Unavailable */
  versions(companyId: CompanyId): Promise<readonly number[]>;
}
