import { Container, ContainerModule } from 'inversify';
import 'reflect-metadata';
import { SystemClock } from '../../adapters/system/system-clock.ts';
import { TimerPause } from '../../adapters/system/timer-pause.ts';
import { UuidCompanyIds } from '../../adapters/system/uuid-company-ids.ts';
import type { CompanyEventPublisher } from '../../application/profiles/ports/company-event-publisher.ts';
import type { Clock } from '../../domain/shared/time.ts';
import { profilesService, profilesUseCases } from './profiles-use-cases.ts';
import type { ProfilesService, StatisticsService } from './registry.ts';
import { statisticsService, statisticsUseCases } from './statistics-use-cases.ts';
import { PORTS } from './tokens.ts';

/** The profiles service over the adapters of its ports. */
export function composeProfiles(
  adapters: ContainerModule,
  publisher: CompanyEventPublisher,
  clock: Clock = new SystemClock(),
): ProfilesService {
  const system = new ContainerModule(({ bind }) => {
    bind(PORTS.clock).toConstantValue(clock);
    bind(PORTS.companyIds).toConstantValue(new UuidCompanyIds());
    bind(PORTS.pause).toConstantValue(new TimerPause());
    bind(PORTS.companyEventPublisher).toConstantValue(publisher);
  });
  return profilesService(containerOf(system, adapters, profilesUseCases));
}

/** The statistics service over the adapters of its ports. */
export function composeStatistics(
  adapters: ContainerModule,
  clock: Clock = new SystemClock(),
): StatisticsService {
  const system = new ContainerModule(({ bind }) => void bind(PORTS.clock).toConstantValue(clock));
  return statisticsService(containerOf(system, adapters, statisticsUseCases));
}

/** A container for each service: neither can reach what belongs to the other. */
function containerOf(...modules: ContainerModule[]): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(...modules);
  return container;
}
