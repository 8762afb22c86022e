import type { Revision } from '../../../domain/profiles/revision.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';

/** The history of every company. A revision that was appended is not changed, but by a life after a restore. */
export interface RevisionLog {
  /**
   * Appends revisions. Of two of one version the one that was made later stays: the other one comes again, was guessed, or
   * is of a life that a restore from a backup has undone.
   *
   * @throws Unavailable
   */
  append(revisions: readonly Revision[]): Promise<void>;

  /** Newest first. @throws Unavailable */
  list(companyId: CompanyId, page: PageRequest): Promise<Page<Revision>>;

  find(companyId: CompanyId, version: number): Promise<Revision | undefined>;

  /** Removes a revision, unless another one has taken its place; answers whether it did. @throws Unavailable */
  remove(revision: Revision): Promise<boolean>;

  /** The versions that there are, ascending. @throws Unavailable */
  versions(companyId: CompanyId): Promise<readonly number[]>;
}
