import { Cursors, type CursorSecrets } from '../../adapters/http/cursors.ts';
import {
  createInvocationHandler,
  type InvocationHandler,
} from '../../adapters/http/invocation/invocation-handler.ts';
import {
  PROFILES_OPERATIONS,
  type ProfilesOperations,
} from '../../adapters/http/profiles/profiles-operations.ts';
import { profilesRoutes } from '../../adapters/http/profiles/profiles-routes.ts';
import { snapshotRoutes } from '../../adapters/http/profiles/snapshot-routes.ts';
import {
  STATISTICS_OPERATIONS,
  type StatisticsOperations,
} from '../../adapters/http/statistics/statistics-operations.ts';
import { statisticsRoutes } from '../../adapters/http/statistics/statistics-routes.ts';
import { upkeepRoutes } from '../../adapters/http/statistics/upkeep-routes.ts';
import type { Log } from '../../adapters/system/json-log.ts';
import type { InvocableStatistics, ProfilesApiUseCases, ProfilesService } from './registry.ts';

export type InvocableProfiles = ProfilesApiUseCases & Pick<ProfilesService, 'publishSnapshots'>;

/** What a Lambda does for those who invoke the profiles service directly. */
export function profilesInvocations(
  profiles: InvocableProfiles,
  cursorSecret: CursorSecrets | string,
  log: Log,
): InvocationHandler<ProfilesOperations> {
  const routes = [...profilesRoutes(profiles, new Cursors(cursorSecret)), ...snapshotRoutes(profiles)];
  return createInvocationHandler(PROFILES_OPERATIONS, routes, log);
}

/** The same of the statistics service. */
export function statisticsInvocations(
  statistics: InvocableStatistics,
  cursorSecret: CursorSecrets | string,
  log: Log,
): InvocationHandler<StatisticsOperations> {
  const routes = [...statisticsRoutes(statistics, new Cursors(cursorSecret)), ...upkeepRoutes(statistics)];
  return createInvocationHandler(STATISTICS_OPERATIONS, routes, log);
}
