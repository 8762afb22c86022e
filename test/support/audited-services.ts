import { AuditAggregates } from '../../src/application/audit/audit-aggregates.ts';
import { AuditClaims } from '../../src/application/audit/audit-claims.ts';
import { AuditCompanies } from '../../src/application/audit/audit-companies.ts';
import { AwaitReplication } from '../../src/application/audit/await-replication.ts';
import { RepairCompany } from '../../src/application/audit/repair-company.ts';
import { DefineMetric } from '../../src/application/statistics/define-metric.ts';
import { ProjectMetric } from '../../src/application/statistics/project-metric.ts';
import { ProjectStatistics, type Touched } from '../../src/application/statistics/project-statistics.ts';
import type { TrackedCompanies } from '../../src/application/statistics/ports/tracked-companies.ts';
import { RecordObservations } from '../../src/application/statistics/record-observations.ts';
import { ForgetRevisions } from '../../src/application/profiles/forget-revisions.ts';
import { ReleaseClaim } from '../../src/application/profiles/release-claim.ts';
import { RestoreClaim } from '../../src/application/profiles/restore-claim.ts';
import { RestoreRevisions } from '../../src/application/profiles/restore-revisions.ts';
import {
  change,
  factsOf,
  isRemoved,
  remove,
  rename,
  type Company,
} from '../../src/domain/profiles/company.ts';
import type { CompanyFacts } from '../../src/domain/profiles/company-facts.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import type { Series } from '../../src/domain/statistics/series.ts';
import { revisionOf } from '../../src/domain/profiles/revision.ts';
import { track, type TrackedCompany } from '../../src/domain/statistics/tracked-company.ts';
import { ClaimsForAudit } from '../../src/entrypoints/composition/claims-for-audit.ts';
import { ProfilesForAudit } from '../../src/entrypoints/composition/profiles-for-audit.ts';
import type { FiguresForAudit } from '../../src/entrypoints/composition/figures-for-audit.ts';
import type { StatisticsForAudit } from '../../src/entrypoints/composition/statistics-for-audit.ts';
import { statisticsForAudit } from '../../src/entrypoints/composition/statistics-upkeep.ts';
import { PORTS } from '../../src/entrypoints/composition/tokens.ts';
import { CountDocument } from '../../src/application/statistics/count-document.ts';
import type { CountChange } from '../../src/application/statistics/ports/counted-documents.ts';
import { documentEventOf } from '../../src/domain/profiles/document-event.ts';
import type { DocumentRecord, RemovedDocument, StoredDocument } from '../../src/domain/profiles/document.ts';
import { aCompany, companyIdAt, minutesLater } from './company-mother.ts';
import { aStoredDocument, documentIdAt, removedDocument } from './document-mother.ts';
import type { ProfilesFixture } from './profiles-fixture.ts';
import type { FiguresFixture } from './figures-fixture.ts';

const CONTEXT = { requestId: 'a-request' };

/** What a write leaves undone: its replica, its revision. */
export interface Lost {
  readonly replica?: boolean;
  readonly revision?: boolean;
}

/** Both services in step, but for what a test loses or plants, and the audit of them. */
export class AuditedServices {
  readonly profilesForAudit: ProfilesForAudit;
  readonly statisticsForAudit: StatisticsForAudit;
  readonly figuresForAudit: FiguresForAudit;
  readonly tracked: TrackedCompanies;
  readonly countDocument: CountDocument;
  readonly auditCompanies: AuditCompanies;
  readonly awaitReplication: AwaitReplication;
  readonly pauses: number[] = [];
  /** What happens while the audit waits. */
  whilePausing: () => Promise<void> = async () => {};
  #minutes = 0;
  #registered = 0;
  #documents = 0;

  constructor(
    readonly profiles: ProfilesFixture,
    readonly statistics: FiguresFixture,
    readonly epoch = 1,
  ) {
    const { companies, directory, identifiers, claims, revisions, documents } = profiles;
    const restore = new RestoreRevisions(companies, revisions);
    const pause = {
      forMs: async (ms: number): Promise<void> => {
        this.pauses.push(ms);
        await this.whilePausing();
      },
    };
    const forget = new ForgetRevisions(companies, revisions);
    this.profilesForAudit = new ProfilesForAudit(
      directory,
      companies,
      revisions,
      documents,
      restore,
      forget,
      epoch,
    );
    const audited = statisticsForAudit(statistics.container);
    this.statisticsForAudit = audited.statistics;
    this.figuresForAudit = audited.figures;
    this.tracked = statistics.container.get(PORTS.trackedCompanies);
    this.countDocument = statistics.container.get(CountDocument);
    this.auditCompanies = new AuditCompanies(
      this.profilesForAudit,
      this.statisticsForAudit,
      this.figuresForAudit,
      new AuditClaims(
        new ClaimsForAudit(
          companies,
          identifiers,
          new RestoreClaim(companies, revisions, claims),
          new ReleaseClaim(companies, claims),
        ),
        pause,
      ),
      new AuditAggregates(this.figuresForAudit, pause),
      new RepairCompany(this.profilesForAudit, this.statisticsForAudit, this.figuresForAudit),
      pause,
    );
    this.awaitReplication = new AwaitReplication(this.profilesForAudit, this.statisticsForAudit, pause);
  }

  async register(facts: Partial<CompanyFacts> = {}, lost: Lost = {}): Promise<Company> {
    const company = aCompany(facts, { companyId: companyIdAt(++this.#registered), at: this.#now() });
    await this.profiles.companies.add(company, CONTEXT);
    return this.#written(undefined, company, lost);
  }

  async rename(company: Company, name: string, lost: Lost = {}): Promise<Company> {
    return this.replace(company, rename(company, name, this.#now()), lost);
  }

  async change(company: Company, facts: Partial<CompanyFacts>, lost: Lost = {}): Promise<Company> {
    return this.replace(company, change(company, { ...factsOf(company), ...facts }, this.#now()), lost);
  }

  async remove(company: Company, lost: Lost = {}): Promise<Company> {
    return this.replace(company, remove(company, this.#now()), lost);
  }

  async replace(before: Company, after: Company, lost: Lost = {}): Promise<Company> {
    await this.profiles.companies.replace(before, after, CONTEXT);
    return this.#written(before, after, lost);
  }

  /** Has statistics follow a profile, as an event would. */
  async replicate(company: Company): Promise<void> {
    await this.follow(company);
    await this.project({ companyId: company.companyId });
  }

  /** The same, before anything else was told of it. */
  async follow(company: Company): Promise<void> {
    await this.tracked.follow(this.replicaOf(company));
  }

  /** Has boards, aggregates and identifiers follow, as the stream of the table would. */
  async project(...touched: readonly Touched[]): Promise<void> {
    await this.statistics.container.get(ProjectStatistics).execute(touched);
  }

  /** Has a metric be ranked, or no longer. */
  async rank(metric: string, ranked = true): Promise<void> {
    await this.define(metric, ranked);
    await this.statistics.container.get(ProjectMetric).execute(metric);
  }

  /** The same; boards do not follow. */
  async define(metric: string, ranked: boolean): Promise<void> {
    await this.statistics.container.get(DefineMetric).execute({ metric, ranked });
    this.statistics.settle();
  }

  /** Records values of a company by when they were observed; boards do not follow. */
  async observe(
    companyId: CompanyId,
    { metric, unit }: Series,
    values: Readonly<Record<string, string>>,
  ): Promise<void> {
    const stated = Object.entries(values).map(([observedAt, value]) => ({
      metric,
      unit,
      observedAt,
      value,
      source: 'a-source',
    }));
    await this.statistics.container.get(RecordObservations).execute(companyId, stated);
    this.statistics.settle();
  }

  /** A document that has arrived. */
  async addDocument({ companyId }: Company, lost: Lost = {}): Promise<StoredDocument> {
    const document = aStoredDocument({ companyId, documentId: documentIdAt(++this.#documents), version: 1 });
    await this.profiles.documents.save(document, 0);
    return this.#counted(undefined, document, lost);
  }

  async removeDocument(document: StoredDocument, lost: Lost = {}): Promise<RemovedDocument> {
    const removed = removedDocument(document);
    await this.profiles.documents.save(removed, document.version);
    return this.#counted(document, removed, lost);
  }

  /** Puts what statistics counts of a document, and what all come to, in the place of what there is. */
  async plantDocument(companyId: CompanyId, change: Omit<CountChange, 'revisionBefore'>): Promise<void> {
    const documents = this.statistics.container.get(PORTS.countedDocuments);
    const [stored] = await documents.totals([companyId]);
    await documents.change(companyId, { ...change, revisionBefore: stored?.revision ?? 0 });
  }

  async record(before: Company | undefined, after: Company): Promise<void> {
    await this.profiles.revisions.append([revisionOf(before, after)]);
  }

  replicaOf(company: Company): TrackedCompany {
    const { name: companyName, status, countryCode, industry, identifiers } = company;
    return track(
      {
        companyId: company.companyId,
        position: { epoch: this.epoch, version: company.version },
        facts: { companyName, status, countryCode, ...(industry && { industry }), identifiers },
        removed: isRemoved(company),
        changedAt: company.updatedAt,
      },
      company.updatedAt,
    );
  }

  /** Puts a replica in the place of what statistics has, whatever that is. */
  async plant(replica: TrackedCompany): Promise<void> {
    const known = await this.tracked.find(replica.companyId, 'strong');
    if (known) await this.tracked.forget(known);
    await this.tracked.overwrite(replica);
    await this.project({ companyId: replica.companyId });
    this.statistics.settle();
  }

  async lose(company: Company): Promise<void> {
    await this.tracked.forget(this.replicaOf(company));
    await this.project({ companyId: company.companyId });
    this.statistics.settle();
  }

  async #counted<Record extends DocumentRecord>(
    before: DocumentRecord | undefined,
    after: Record,
    { replica: isLost }: Lost,
  ): Promise<Record> {
    const event = documentEventOf(before, after);
    if (event !== undefined && isLost !== true) {
      const { companyId, documentId, version, document, occurredAt } = event;
      const content = document && { contentType: document.contentType, size: document.size };
      await this.countDocument.execute({
        ...{ companyId, documentId, position: { epoch: this.epoch, version }, changedAt: occurredAt },
        ...(content && { content }),
      });
    }
    this.profiles.settle();
    this.statistics.settle();
    return after;
  }

  async #written(before: Company | undefined, after: Company, lost: Lost): Promise<Company> {
    if (lost.revision !== true) await this.record(before, after);
    if (lost.replica !== true) await this.replicate(after);
    this.profiles.settle();
    this.statistics.settle();
    return after;
  }

  #now(): string {
    return minutesLater(++this.#minutes);
  }
}
