import { InMemoryCompanyEventPublisher } from '../../adapters/in-memory/profiles/in-memory-company-event-publisher.ts';
import { InMemoryProfiles } from '../../adapters/in-memory/profiles/in-memory-profiles.ts';
import { InMemoryStatistics } from '../../adapters/in-memory/statistics/in-memory-statistics.ts';
import type { DescribedRoute } from '../../adapters/http/direct-route.ts';
import type { AccessMode } from '../../adapters/http/gate.ts';
import { openApiOf, type OpenApiDocument } from '../../adapters/http/open-api.ts';
import { directSummaryRoute } from '../../adapters/http/statistics/direct/direct-summary-route.ts';
import { readSummaryTemplates } from '../../adapters/http/statistics/direct/summary-templates.ts';
import { SystemClock } from '../../adapters/system/system-clock.ts';
import { documentsApi, profilesApi, statisticsApi } from './apis.ts';
import { composeRegistry } from './compose.ts';
import { objectsInS3 } from './documents-on-aws.ts';
import { profilesInMemory, statisticsInMemory } from './in-memory-adapters.ts';

/** The Lambdas that serve an interface, by the names of their modules. */
export type ApiEntrypoint = 'profiles-api' | 'documents-api' | 'statistics-api';

/**
 * What each Lambda of an interface serves, with what API Gateway serves beside it: for whoever deploys them. Nothing is
 * connected to.
 */
export function apiDocuments(access: AccessMode): Readonly<Record<ApiEntrypoint, OpenApiDocument>> {
  const { profiles, statistics, documentsIn, importsIn } = composeRegistry({
    profiles: profilesInMemory(new InMemoryProfiles(), new SystemClock()),
    statistics: statisticsInMemory(new InMemoryStatistics(0)),
    publisher: new InMemoryCompanyEventPublisher(),
    epoch: 1,
  });
  const objects = objectsInS3('unused');
  const options = { access, cursorSecret: 'unused', log: { info: ignore, warn: ignore, error: ignore } };
  const documentOf = (routes: readonly DescribedRoute[]): OpenApiDocument =>
    openApiOf(routes, { title: '', description: '', version: '' }, access);
  return {
    'profiles-api': documentOf(profilesApi(profiles, options).routes),
    'documents-api': documentOf(
      documentsApi({ ...profiles, ...documentsIn(objects), ...importsIn(objects) }, options).routes,
    ),
    'statistics-api': documentOf([
      ...statisticsApi(statistics, options).routes,
      directSummaryRoute(readSummaryTemplates()),
    ]),
  };
}

function ignore(): void {}
