import { createApiHandler, type ApiHandler } from '../../adapters/http/api-handler.ts';
import { Cursors, type CursorSecrets } from '../../adapters/http/cursors.ts';
import type { DescribedRoute } from '../../adapters/http/direct-route.ts';
import { gateOf, type AccessMode } from '../../adapters/http/gate.ts';
import { documentRoutes, type DocumentUseCases } from '../../adapters/http/profiles/document-routes.ts';
import { importRoutes, type ImportUseCases } from '../../adapters/http/profiles/import-routes.ts';
import { profilesRoutes } from '../../adapters/http/profiles/profiles-routes.ts';
import type { GuardedRoute } from '../../adapters/http/route.ts';
import { descriptionRoutes, healthRoutes, withServiceRoutes } from '../../adapters/http/service-routes.ts';
import { DIRECT_SUMMARY } from '../../adapters/http/statistics/direct/direct-summary-route.ts';
import { statisticsRoutes } from '../../adapters/http/statistics/statistics-routes.ts';
import type { Log } from '../../adapters/system/json-log.ts';
import type { ProfilesApiUseCases, StatisticsApiUseCases } from './registry.ts';

/** A table of routes and what serves it. */
export interface Api {
  readonly routes: readonly GuardedRoute[];
  readonly handler: ApiHandler;
}

export interface ApiOptions {
  readonly cursorSecret: CursorSecrets | string;
  /** How callers are known. */
  readonly access: AccessMode;
  readonly log: Log;
}

const VERSION = '0.1.0';

const PROFILES = {
  service: 'company-profiles',
  title: 'Company Profiles',
  description:
    'The master data of companies: who they are, what they were called, and by which identifiers others know them.',
  version: VERSION,
};

const STATISTICS = {
  service: 'company-statistics',
  title: 'Company Statistics',
  description: 'Figures of companies, under the names that the profiles service gives them.',
  version: VERSION,
};

const BOTH = {
  service: 'company-registry',
  title: 'Company Registry',
  description: `Two services behind one address. ${PROFILES.title}: ${PROFILES.description} ${STATISTICS.title}: ${STATISTICS.description}`,
  version: VERSION,
};

/** The routes of the profiles service that need no object store. */
export function profilesApi(profiles: ProfilesApiUseCases, options: ApiOptions): Api {
  return apiOf(profilesOwn(profiles, new Cursors(options.cursorSecret)), options);
}

/** Those that need one, and those that tell of both: a Lambda that answers with a company is smaller without. */
export function documentsApi(
  useCases: ProfilesApiUseCases & DocumentUseCases & ImportUseCases,
  options: ApiOptions,
): Api {
  const cursors = new Cursors(options.cursorSecret);
  const routes = [...documentRoutes(useCases, cursors), ...importRoutes(useCases)];
  const all = [...profilesOwn(useCases, cursors), ...routes];
  return apiOf([...routes, ...descriptionRoutes(all, { ...PROFILES, ...options })], options);
}

function profilesOwn(profiles: ProfilesApiUseCases, cursors: Cursors): GuardedRoute[] {
  return [...profilesRoutes(profiles, cursors), ...healthRoutes(PROFILES.service)];
}

export function statisticsApi(statistics: StatisticsApiUseCases, options: ApiOptions): Api {
  const routes = statisticsRoutes(statistics, new Cursors(options.cursorSecret));
  return apiOf(withServiceRoutes(routes, { ...STATISTICS, ...options }, [DIRECT_SUMMARY]), options);
}

/**
 * Both services behind the gateway of one machine.
 *
 * @param direct what the gateway serves beside them
 * @param documents absent where there is no object store, as are imports
 */
export function bothApis(
  profiles: ProfilesApiUseCases,
  statistics: StatisticsApiUseCases,
  options: ApiOptions,
  direct: readonly DescribedRoute[] = [],
  documents?: DocumentUseCases,
  imports?: ImportUseCases,
): Api {
  const cursors = new Cursors(options.cursorSecret);
  const routes = [
    ...profilesRoutes(profiles, cursors),
    ...(documents ? documentRoutes(documents, cursors) : []),
    ...(imports ? importRoutes(imports) : []),
    ...statisticsRoutes(statistics, cursors),
  ];
  return apiOf(withServiceRoutes(routes, { ...BOTH, ...options }, direct), options);
}

function apiOf(routes: readonly GuardedRoute[], { access, log }: ApiOptions): Api {
  return { routes, handler: createApiHandler({ routes, gate: gateOf(access), log }) };
}
