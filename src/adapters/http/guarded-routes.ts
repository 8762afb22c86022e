import type { GuardedRoute, Method, Route, Scope } from './route.ts';

/** Whose routes have scopes of their own. */
export const SERVICES = ['profiles', 'statistics'] as const;
export type Service = (typeof SERVICES)[number];

/** Who may read may `GET`, and who may write may do the rest: neither includes the other. */
export function scopeOf(service: Service, method: Method): Scope {
  return method === 'GET' ? `${service}:read` : `${service}:write`;
}

/** The routes of a service, for those who have its scopes. */
export function guarded(service: Service, routes: readonly Route[]): GuardedRoute[] {
  return routes.map((route) => ({ ...route, access: scopeOf(service, route.method) }));
}

/** Routes that everyone may call. */
export function open(routes: readonly Route[]): GuardedRoute[] {
  return routes.map((route) => ({ ...route, access: 'open' }));
}

/** Routes that only operators may call, by direct invocation: no handler of HTTP takes them. */
export function forOperators(routes: readonly Route[]): GuardedRoute[] {
  return routes.map((route) => ({ ...route, access: 'operations' }));
}
