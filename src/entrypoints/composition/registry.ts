import type { AuditCompanies } from '../../application/audit/audit-companies.ts';
import type { AwaitReplication } from '../../application/audit/await-replication.ts';
import type { ChangeCompany } from '../../application/profiles/change-company.ts';
import type { GetSetAsideObject } from '../../application/profiles/documents/get-set-aside-object.ts';
import type { ListSetAsideObjects } from '../../application/profiles/documents/list-set-aside-objects.ts';
import type { ExportCompanies } from '../../application/profiles/export-companies.ts';
import type { FindCompany } from '../../application/profiles/find-company.ts';
import type { ImportCompanies } from '../../application/profiles/import-companies.ts';
import type { ListCompanies } from '../../application/profiles/list-companies.ts';
import type { LookUpIdentifier } from '../../application/profiles/look-up-identifier.ts';
import type { ObservationSink } from '../../application/profiles/ports/observation-sink.ts';
import type { PublishCompanyChanges } from '../../application/profiles/publish-company-changes.ts';
import type { PublishSnapshots } from '../../application/profiles/publish-snapshots.ts';
import type { ReadRevisions } from '../../application/profiles/read-revisions.ts';
import type { RecordRevisions } from '../../application/profiles/record-revisions.ts';
import type { RegisterCompany } from '../../application/profiles/register-company.ts';
import type { RemoveCompany } from '../../application/profiles/remove-company.ts';
import type { RewriteCompanies } from '../../application/profiles/rewrite-companies.ts';
import type { RenameCompany } from '../../application/profiles/rename-company.ts';
import type { AggregateCompanies } from '../../application/statistics/aggregate-companies.ts';
import type { ExportObservations } from '../../application/statistics/export-observations.ts';
import type { ListEarlierReports } from '../../application/statistics/list-earlier-reports.ts';
import type { NameSeries } from '../../application/statistics/name-series.ts';
import type { RankCompanies } from '../../application/statistics/rank-companies.ts';
import type { ReadSeries } from '../../application/statistics/read-series.ts';
import type { ReadSummary } from '../../application/statistics/read-summary.ts';
import type { DefineMetric } from '../../application/statistics/define-metric.ts';
import type { FindMetric } from '../../application/statistics/find-metric.ts';
import type { GetSetAside } from '../../application/statistics/get-set-aside.ts';
import type { ListPending } from '../../application/statistics/list-pending.ts';
import type { ListSetAside } from '../../application/statistics/list-set-aside.ts';
import type { ProjectMetric } from '../../application/statistics/project-metric.ts';
import type { ProjectStatistics } from '../../application/statistics/project-statistics.ts';
import type { ReceiveObservations } from '../../application/statistics/receive-observations.ts';
import type { RecordObservations } from '../../application/statistics/record-observations.ts';
import type { ReceiveCompanyEvent } from '../../application/statistics/receive-company-event.ts';
import type { RedriveSetAside } from '../../application/statistics/redrive-set-aside.ts';
import type { DocumentsService } from './documents.ts';

/** The use cases of the profiles service that it offers over HTTP, wired. */
export interface ProfilesApiUseCases {
  readonly registerCompany: RegisterCompany;
  readonly changeCompany: ChangeCompany;
  readonly renameCompany: RenameCompany;
  readonly removeCompany: RemoveCompany;
  readonly findCompany: FindCompany;
  readonly listCompanies: ListCompanies;
  readonly readRevisions: ReadRevisions;
  readonly lookUpIdentifier: LookUpIdentifier;
}

/** All use cases of the profiles service, wired. */
export interface ProfilesService extends ProfilesApiUseCases {
  readonly publishCompanyChanges: PublishCompanyChanges;
  readonly recordRevisions: RecordRevisions;
  readonly publishSnapshots: PublishSnapshots;
  readonly importCompanies: ImportCompanies;
  readonly exportCompanies: ExportCompanies;
  readonly rewriteCompanies: RewriteCompanies;
  readonly listSetAsideObjects: ListSetAsideObjects;
  readonly getSetAsideObject: GetSetAsideObject;
}

/** The use cases of the statistics service that it offers over HTTP, wired. */
export interface StatisticsApiUseCases {
  readonly readSummary: ReadSummary;
  readonly nameSeries: NameSeries;
  readonly readSeries: ReadSeries;
  readonly listEarlierReports: ListEarlierReports;
  readonly rankCompanies: RankCompanies;
  readonly aggregateCompanies: AggregateCompanies;
  readonly recordObservations: RecordObservations;
  readonly defineMetric: DefineMetric;
  readonly findMetric: FindMetric;
}

/** Those that it offers to who invokes it directly, wired. */
export interface InvocableStatistics extends StatisticsApiUseCases {
  readonly listSetAside: ListSetAside;
  readonly getSetAside: GetSetAside;
  readonly redriveSetAside: RedriveSetAside;
  readonly listPending: ListPending;
}

/** All use cases of the statistics service, wired. */
export interface StatisticsService extends InvocableStatistics {
  readonly receiveCompanyEvent: ReceiveCompanyEvent;
  readonly receiveObservations: ReceiveObservations;
  readonly projectStatistics: ProjectStatistics;
  readonly projectMetric: ProjectMetric;
  readonly exportObservations: ExportObservations;
}

/** The use cases of the third party that knows both services, wired. */
export interface AuditService {
  readonly auditCompanies: AuditCompanies;
  readonly awaitReplication: AwaitReplication;
}

/** Both services, as an operator's command line reaches them. */
export interface Registry {
  readonly profiles: ProfilesService;
  readonly statistics: StatisticsService;
  readonly audit: AuditService;
  /** Where the figures that an imported file states go. */
  readonly observations: ObservationSink;
  /** What needs the objects themselves. @throws ConfigError where nothing says in which bucket they are */
  documents(): Promise<DocumentsService>;
  /** Sends a message to the topic `company-observations`. */
  sendObservations(message: string): Promise<void>;
  /** Tells how much an audit found; absent where nobody keeps metrics. */
  readonly tellDrift?: (drift: number) => Promise<void>;
  close(): Promise<void>;
}
