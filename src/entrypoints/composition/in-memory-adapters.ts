import { ContainerModule } from 'inversify';
import { InMemoryCompanyDirectory } from '../../adapters/in-memory/profiles/in-memory-company-directory.ts';
import { InMemoryCompanyRepository } from '../../adapters/in-memory/profiles/in-memory-company-repository.ts';
import { InMemoryIdentifierIndex } from '../../adapters/in-memory/profiles/in-memory-identifier-index.ts';
import type { InMemoryProfiles } from '../../adapters/in-memory/profiles/in-memory-profiles.ts';
import { InMemoryRevisionLog } from '../../adapters/in-memory/profiles/in-memory-revision-log.ts';
import { InMemorySetAsideEvents } from '../../adapters/in-memory/statistics/in-memory-set-aside-events.ts';
import { InMemoryTrackedCompanies } from '../../adapters/in-memory/statistics/in-memory-tracked-companies.ts';
import type { Clock } from '../../domain/shared/time.ts';
import { PORTS } from './tokens.ts';

/** The profiles service in the memory of this process. */
export function profilesInMemory(profiles: InMemoryProfiles, clock: Clock): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(PORTS.companies).toConstantValue(new InMemoryCompanyRepository(profiles, clock));
    bind(PORTS.companyDirectory).toConstantValue(new InMemoryCompanyDirectory(profiles));
    bind(PORTS.identifiers).toConstantValue(new InMemoryIdentifierIndex(profiles));
    bind(PORTS.revisions).toConstantValue(new InMemoryRevisionLog());
  });
}

/** The statistics service in the memory of this process. */
export function statisticsInMemory(): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(PORTS.trackedCompanies).toConstantValue(new InMemoryTrackedCompanies());
    bind(PORTS.setAsideEvents).toConstantValue(new InMemorySetAsideEvents());
  });
}
