import type { AuditedStatistics } from '../../application/audit/ports/audited-statistics.ts';
import type { CountDocument } from '../../application/statistics/count-document.ts';
import type { CountedDocuments } from '../../application/statistics/ports/counted-documents.ts';
import type { RollupRecords } from '../../application/statistics/ports/rollup-records.ts';
import type { TrackedCompanies } from '../../application/statistics/ports/tracked-companies.ts';
import type { ProjectStatistics } from '../../application/statistics/project-statistics.ts';
import type { AuditedCompany } from '../../domain/audit/audited-company.ts';
import type { AuditedDocument } from '../../domain/audit/document-drift.ts';
import type { KnownCompany } from '../../domain/audit/merge-by-company.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import { isSame } from '../../domain/shared/equality.ts';
import type { Clock } from '../../domain/shared/time.ts';
import { buriedDocument, type CountedDocument } from '../../domain/statistics/counted-document.ts';
import { buried, track, type TrackedCompany } from '../../domain/statistics/tracked-company.ts';

/** Replicas that are read together. */
const CHUNK = 100;

/** The statistics service as the audit sees it. */
export class StatisticsForAudit implements AuditedStatistics {
  constructor(
    private readonly tracked: TrackedCompanies,
    private readonly records: RollupRecords,
    private readonly countedDocuments: Pick<CountedDocuments, 'all'>,
    private readonly countDocument: CountDocument,
    private readonly projectStatistics: ProjectStatistics,
    private readonly clock: Clock,
  ) {}

  async *all(): AsyncGenerator<KnownCompany> {
    let chunk: CompanyId[] = [];
    for await (const { companyId } of this.records.companies()) {
      chunk.push(companyId);
      if (chunk.length < CHUNK) continue;
      yield* await this.#known(chunk);
      chunk = [];
    }
    yield* await this.#known(chunk);
  }

  async find(companyId: CompanyId): Promise<AuditedCompany | undefined> {
    const company = await this.tracked.find(companyId, 'strong');
    return company && audited(company);
  }

  async overwrite(profile: AuditedCompany): Promise<boolean> {
    const { companyId, epoch, version, name, removed, changedAt } = profile;
    const { status, countryCode, industry, identifiers } = profile;
    const facts = { companyName: name, status, countryCode, ...(industry && { industry }), identifiers };
    const change = { companyId, position: { epoch, version }, facts, removed, changedAt };
    const isDone = await this.tracked.overwrite(track(change, this.clock.now()));
    // The stream will have it projected too: an operator need not wait for that.
    await this.projectStatistics.execute([{ companyId }]);
    return isDone;
  }

  async bury({ companyId, epoch }: AuditedCompany): Promise<boolean> {
    const company = await this.tracked.find(companyId, 'strong');
    const isDone =
      company?.position.epoch === epoch && (await this.tracked.overwrite(buried(company, this.clock.now())));
    await this.projectStatistics.execute([{ companyId }]);
    return isDone;
  }

  async documents(companyId: CompanyId): Promise<readonly AuditedDocument[]> {
    const documents: AuditedDocument[] = [];
    for await (const { documentId, position, content } of this.countedDocuments.all(companyId))
      documents.push({ documentId, ...position, ...(content && { content }) });
    return documents;
  }

  async overwriteDocument(companyId: CompanyId, told: AuditedDocument): Promise<boolean> {
    return this.countDocument.overwrite(companyId, countedOf(told));
  }

  async buryDocument(companyId: CompanyId, { documentId, epoch }: AuditedDocument): Promise<boolean> {
    return this.countDocument.overwrite(companyId, buriedDocument(documentId, epoch));
  }

  async forgetDocument(companyId: CompanyId, counted: AuditedDocument): Promise<boolean> {
    return this.countDocument.forget(companyId, countedOf(counted));
  }

  async forget(replica: AuditedCompany): Promise<boolean> {
    const { companyId } = replica;
    const company = await this.tracked.find(companyId, 'strong');
    // The store itself refuses to forget what has changed since it was read here.
    const isDone =
      company !== undefined && isSame(audited(company), replica) && (await this.tracked.forget(company));
    await this.projectStatistics.execute([{ companyId }]);
    return isDone;
  }

  async #known(companyIds: readonly CompanyId[]): Promise<KnownCompany[]> {
    const companies = await this.tracked.findAll(companyIds);
    const byId = new Map(companies.map((company) => [company.companyId, company]));
    return companyIds.map((companyId) => {
      const company = byId.get(companyId);
      return { companyId, ...(company && { replica: audited(company) }) };
    });
  }
}

function countedOf({ documentId, epoch, version, content }: AuditedDocument): CountedDocument {
  return { documentId, position: { epoch, version }, ...(content && { content }) };
}

function audited({ companyId, position, facts, removed, changedAt }: TrackedCompany): AuditedCompany {
  const { companyName, ...others } = facts;
  return { companyId, ...position, name: companyName, ...others, removed, changedAt };
}
