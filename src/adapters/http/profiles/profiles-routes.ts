import type { Cursors } from '../cursors.ts';
import { guarded } from '../guarded-routes.ts';
import type { GuardedRoute } from '../route.ts';
import { companyRoutes, type CompanyUseCases } from './company-routes.ts';
import { identifierRoutes, type IdentifierUseCases } from './identifier-routes.ts';
import { revisionRoutes, type RevisionUseCases } from './revision-routes.ts';

export type ProfilesUseCases = CompanyUseCases & RevisionUseCases & IdentifierUseCases;

/** The HTTP interface of the profiles service. */
export function profilesRoutes(service: ProfilesUseCases, cursors: Cursors): GuardedRoute[] {
  return guarded('profiles', [
    ...companyRoutes(service, cursors),
    ...revisionRoutes(service, cursors),
    ...identifierRoutes(service),
  ]);
}
