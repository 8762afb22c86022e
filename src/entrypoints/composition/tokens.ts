import type { ServiceIdentifier } from 'inversify';
import type { CompanyDirectory } from '../../application/profiles/ports/company-directory.ts';
import type { CompanyEventPublisher } from '../../application/profiles/ports/company-event-publisher.ts';
import type { CompanyIds } from '../../application/profiles/ports/company-ids.ts';
import type { CompanyRepository } from '../../application/profiles/ports/company-repository.ts';
import type { IdentifierIndex } from '../../application/profiles/ports/identifier-index.ts';
import type { RevisionLog } from '../../application/profiles/ports/revision-log.ts';
import type { ReadProfileChange } from '../../application/statistics/ports/read-profile-change.ts';
import type { SetAsideEvents } from '../../application/statistics/ports/set-aside-events.ts';
import type { TrackedCompanies } from '../../application/statistics/ports/tracked-companies.ts';
import type { Clock, Pause } from '../../domain/shared/time.ts';

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
  identifiers: token<IdentifierIndex>('IdentifierIndex'),
  pause: token<Pause>('Pause'),
  revisions: token<RevisionLog>('RevisionLog'),
  trackedCompanies: token<TrackedCompanies>('TrackedCompanies'),
  setAsideEvents: token<SetAsideEvents>('SetAsideEvents'),
  readProfileChange: token<ReadProfileChange>('ReadProfileChange'),
} as const;
