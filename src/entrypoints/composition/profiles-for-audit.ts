import type { AuditedProfiles } from '../../application/audit/ports/audited-profiles.ts';
import type { CompanyDirectory } from '../../application/profiles/ports/company-directory.ts';
import type { CompanyRepository } from '../../application/profiles/ports/company-repository.ts';
import type { Documents } from '../../application/profiles/ports/documents.ts';
import type { RevisionLog } from '../../application/profiles/ports/revision-log.ts';
import type { ForgetRevisions } from '../../application/profiles/forget-revisions.ts';
import type { RestoreRevisions } from '../../application/profiles/restore-revisions.ts';
import type { AuditedCompany } from '../../domain/audit/audited-company.ts';
import type { AuditedDocument } from '../../domain/audit/document-drift.ts';
import { isRemoved, type Company } from '../../domain/profiles/company.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';

/** The profiles service as the audit sees it. */
export class ProfilesForAudit implements AuditedProfiles {
  /** @param epoch the epoch at which the service publishes */
  constructor(
    private readonly directory: CompanyDirectory,
    private readonly companies: CompanyRepository,
    private readonly revisionLog: RevisionLog,
    private readonly companyDocuments: Pick<Documents, 'all'>,
    private readonly restore: RestoreRevisions,
    private readonly forget: ForgetRevisions,
    readonly epoch: number,
  ) {}

  async *all(): AsyncGenerator<AuditedCompany> {
    for await (const company of this.directory.all()) yield this.#audited(company);
  }

  async find(companyId: CompanyId): Promise<AuditedCompany | undefined> {
    const company = await this.companies.find(companyId, 'strong');
    return company && this.#audited(company);
  }

  async revisions(companyId: CompanyId): Promise<readonly number[]> {
    return this.revisionLog.versions(companyId);
  }

  async documents(companyId: CompanyId): Promise<readonly AuditedDocument[]> {
    const documents: AuditedDocument[] = [];
    for await (const record of this.companyDocuments.all(companyId)) {
      const { documentId, version } = record;
      const content =
        record.status === 'stored' ? { contentType: record.contentType, size: record.size } : undefined;
      documents.push({ documentId, epoch: this.epoch, version, ...(content && { content }) });
    }
    return documents;
  }

  async restoreRevisions(companyId: CompanyId, versions: readonly number[]): Promise<number> {
    return this.restore.execute(companyId, versions);
  }

  async forgetRevisions(companyId: CompanyId, versions: readonly number[]): Promise<number> {
    return this.forget.execute(companyId, versions);
  }

  #audited(company: Company): AuditedCompany {
    const { companyId, version, name, status, countryCode, industry, identifiers, updatedAt } = company;
    return {
      companyId,
      epoch: this.epoch,
      version,
      name,
      status,
      countryCode,
      ...(industry && { industry }),
      identifiers: identifiers.map(({ scheme, value }) => ({ scheme, value })),
      removed: isRemoved(company),
      changedAt: updatedAt,
    };
  }
}
