import type { Container } from 'inversify';
import { fullJitter } from '../../adapters/system/full-jitter.ts';
import { SystemClock } from '../../adapters/system/system-clock.ts';
import { TimerPause } from '../../adapters/system/timer-pause.ts';
import { UuidCompanyIds } from '../../adapters/system/uuid-company-ids.ts';
import { AuditAggregates } from '../../application/audit/audit-aggregates.ts';
import { AuditClaims } from '../../application/audit/audit-claims.ts';
import { AuditCompanies } from '../../application/audit/audit-companies.ts';
import { AwaitReplication } from '../../application/audit/await-replication.ts';
import { RepairCompany } from '../../application/audit/repair-company.ts';
import type { RunImport } from '../../application/profiles/imports/run-import.ts';
import type { CompanyEventPublisher } from '../../application/profiles/ports/company-event-publisher.ts';
import type { ObjectStore } from '../../application/profiles/ports/object-store.ts';
import { RecordObservations } from '../../application/statistics/record-observations.ts';
import { ForgetRevisions } from '../../application/profiles/forget-revisions.ts';
import { ReleaseClaim } from '../../application/profiles/release-claim.ts';
import { RestoreClaim } from '../../application/profiles/restore-claim.ts';
import { RestoreRevisions } from '../../application/profiles/restore-revisions.ts';
import { ClaimsForAudit } from './claims-for-audit.ts';
import {
  bindProfilesSystem,
  bindStatisticsSystem,
  containerOf,
  type Bindings,
  type ProfilesSystem,
  type StatisticsSystem,
} from './containers.ts';
import { documentsService, type DocumentsService } from './documents.ts';
import { importRequests, type ImportRequests } from './import-requests.ts';
import { importRunner, type ImportRunnerOptions } from './import-runner.ts';
import { observationSink } from './observation-sink.ts';
import { ProfilesForAudit } from './profiles-for-audit.ts';
import { profilesService, profilesUseCases } from './profiles-use-cases.ts';
import type { AuditService, Registry } from './registry.ts';
import { statisticsForAudit } from './statistics-upkeep.ts';
import { statisticsService, statisticsUseCases } from './statistics-use-cases.ts';
import { PORTS } from './tokens.ts';

/** What binds the ports of one service to adapters. */
export type Adapters = Bindings;

export interface RegistryOptions {
  /** What binds the ports of the profiles service, but for the publisher. */
  readonly profiles: Adapters;
  /** What binds the ports of the statistics service. */
  readonly statistics: Adapters;
  readonly publisher: CompanyEventPublisher;
  /** The epoch at which the profiles service publishes. */
  readonly epoch: number;
  /** Time and chance: those of the system, unless a history is to be replayed. */
  readonly system?: SystemPorts;
}

export type SystemPorts = ProfilesSystem & StatisticsSystem;

const systemPorts = (): SystemPorts => ({
  clock: new SystemClock(),
  companyIds: new UuidCompanyIds(),
  pause: new TimerPause(),
  backoff: fullJitter,
});

/** Everything that both services can do, and the audit of one by the other. */
export function composeRegistry(options: RegistryOptions): Omit<
  Registry,
  'close' | 'documents' | 'sendObservations'
> & {
  /** What needs an object store beside the table. */
  readonly documentsIn: (objects: ObjectStore) => DocumentsService;
  readonly importsIn: (objects: ObjectStore) => ImportRequests;
  /** Works on imports by upload, their figures in this process too. */
  readonly importRunnerIn: (options: Omit<ImportRunnerOptions, 'observations'>) => RunImport;
} {
  const system = options.system ?? systemPorts();
  const profiles = profilesContainer(options.profiles, system);
  profiles.bind(PORTS.companyEventPublisher).toConstantValue(options.publisher);
  const statistics = statisticsContainer(options.statistics, system);
  const observations = observationSink(statistics.get(RecordObservations));
  return {
    profiles: profilesService(profiles),
    statistics: statisticsService(statistics),
    documentsIn: (objects) => documentsService(profiles, objects),
    importsIn: (objects) => importRequests(profiles, objects),
    importRunnerIn: (options) => importRunner(profiles, { ...options, observations }),
    observations,
    audit: auditService(profiles, statistics, options.epoch),
  };
}

/** The profiles service over the adapters of its ports; whoever tells others about companies binds a publisher. */
export function profilesContainer(adapters: Adapters, system = systemPorts()): Container {
  return containerOf(bindProfilesSystem(system), adapters, ...profilesUseCases);
}

/** The statistics service over the adapters of its ports. */
export function statisticsContainer(adapters: Adapters, system = systemPorts()): Container {
  return containerOf(bindStatisticsSystem(system), adapters, ...statisticsUseCases);
}

/** The third party: it alone sees both services. */
function auditService(profiles: Container, statistics: Container, epoch: number): AuditService {
  const companies = profiles.get(PORTS.companies);
  const revisions = profiles.get(PORTS.revisions);
  const source = new ProfilesForAudit(
    profiles.get(PORTS.companyDirectory),
    companies,
    revisions,
    profiles.get(PORTS.documents),
    new RestoreRevisions(companies, revisions),
    new ForgetRevisions(companies, revisions),
    epoch,
  );
  const identifierClaims = profiles.get(PORTS.identifierClaims);
  const claims = new ClaimsForAudit(
    companies,
    profiles.get(PORTS.identifiers),
    new RestoreClaim(companies, revisions, identifierClaims),
    new ReleaseClaim(companies, identifierClaims),
  );
  const { statistics: replica, figures } = statisticsForAudit(statistics);
  const pause = profiles.get(PORTS.pause);
  return {
    auditCompanies: new AuditCompanies(
      source,
      replica,
      figures,
      new AuditClaims(claims, pause),
      new AuditAggregates(figures, pause),
      new RepairCompany(source, replica, figures),
      pause,
    ),
    awaitReplication: new AwaitReplication(source, replica, pause),
  };
}
