import { RevisionNotFound } from '../../domain/profiles/errors.ts';
import type { Revision } from '../../domain/profiles/revision.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../domain/shared/page.ts';
import type { RevisionLog } from './ports/revision-log.ts';

/** The history of a company, which stays readable after its removal. */
export class ReadRevisions {
  constructor(private readonly revisions: RevisionLog) {}

  async list(companyId: CompanyId, page: PageRequest): Promise<Page<Revision>> {
    return this.revisions.list(companyId, page);
  }

  /** @throws RevisionNotFound */
  async get(companyId: CompanyId, version: number): Promise<Revision> {
    const revision = await this.revisions.find(companyId, version);
    if (revision === undefined) throw new RevisionNotFound(companyId, version);
    return revision;
  }
}
