import type { ServiceIdentifier } from 'inversify';
import type { CompanyDirectory } from '../../application/profiles/ports/company-directory.ts';
import type { CompanyEventPublisher } from '../../application/profiles/ports/company-event-publisher.ts';
import type { CompanyIds } from '../../application/profiles/ports/company-ids.ts';
import type { CompanyRepository } from '../../application/profiles/ports/company-repository.ts';
import type { Documents } from '../../application/profiles/ports/documents.ts';
import type { IdentifierClaims } from '../../application/profiles/ports/identifier-claims.ts';
import type { IdentifierIndex } from '../../application/profiles/ports/identifier-index.ts';
import type { Imports } from '../../application/profiles/ports/imports.ts';
import type { RevisionLog } from '../../application/profiles/ports/revision-log.ts';
import type { SetAsideObjects } from '../../application/profiles/ports/set-aside-objects.ts';
import type { BoardRecords } from '../../application/statistics/ports/board-records.ts';
import type { Boards } from '../../application/statistics/ports/boards.ts';
import type { CountedDocuments } from '../../application/statistics/ports/counted-documents.ts';
import type { MetricDefinitions } from '../../application/statistics/ports/metric-definitions.ts';
import type { Observations } from '../../application/statistics/ports/observations.ts';
import type { PendingObservations } from '../../application/statistics/ports/pending-observations.ts';
import type { Rankings } from '../../application/statistics/ports/rankings.ts';
import type { ReadObservations } from '../../application/statistics/ports/read-observations.ts';
import type { RollupRecords } from '../../application/statistics/ports/rollup-records.ts';
import type { SeriesReadings } from '../../application/statistics/ports/series-readings.ts';
import type { TrackedSeries } from '../../application/statistics/ports/tracked-series.ts';
import type { ReadCompanyEvent } from '../../application/statistics/ports/read-company-event.ts';
import type { SetAsideEvents } from '../../application/statistics/ports/set-aside-events.ts';
import type { TrackedCompanies } from '../../application/statistics/ports/tracked-companies.ts';
import type { DecimalArithmetic } from '../../domain/shared/decimal.ts';
import type { Backoff, Clock, Pause } from '../../domain/shared/time.ts';

/** A name for a port, typed: what is bound to it, and where it is injected, must fit, or it does not compile. */
function token<Port>(name: string): ServiceIdentifier<Port> {
  return Symbol(name);
}

/** The ports of the application; its use cases go by their classes. */
export const PORTS = {
  clock: token<Clock>('Clock'),
  companies: token<CompanyRepository>('CompanyRepository'),
  companyDirectory: token<CompanyDirectory>('CompanyDirectory'),
  companyEventPublisher: token<CompanyEventPublisher>('CompanyEventPublisher'),
  companyIds: token<CompanyIds>('CompanyIds'),
  documents: token<Documents>('Documents'),
  identifierClaims: token<IdentifierClaims>('IdentifierClaims'),
  identifiers: token<IdentifierIndex>('IdentifierIndex'),
  imports: token<Imports>('Imports'),
  pause: token<Pause>('Pause'),
  revisions: token<RevisionLog>('RevisionLog'),
  countedDocuments: token<CountedDocuments>('CountedDocuments'),
  trackedCompanies: token<TrackedCompanies>('TrackedCompanies'),
  setAsideObjects: token<SetAsideObjects>('SetAsideObjects'),
  setAsideEvents: token<SetAsideEvents>('SetAsideEvents'),
  readCompanyEvent: token<ReadCompanyEvent>('ReadCompanyEvent'),
  readObservations: token<ReadObservations>('ReadObservations'),
  observations: token<Observations>('Observations'),
  seriesReadings: token<SeriesReadings>('SeriesReadings'),
  trackedSeries: token<TrackedSeries>('TrackedSeries'),
  boards: token<Boards>('Boards'),
  boardRecords: token<BoardRecords>('BoardRecords'),
  rollupRecords: token<RollupRecords>('RollupRecords'),
  rankings: token<Rankings>('Rankings'),
  metricDefinitions: token<MetricDefinitions>('MetricDefinitions'),
  pendingObservations: token<PendingObservations>('PendingObservations'),
  decimals: token<DecimalArithmetic>('DecimalArithmetic'),
  backoff: token<Backoff>('Backoff'),
} as const;
