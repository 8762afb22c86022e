import type { RequestEvent } from './api-request.ts';
import { Refusal } from './refusal.ts';
import type { Access } from './route.ts';

/**
 * How callers are known: `jwt`, by a token that an authorizer has verified before; `iam`, by a signature that API
 * Gateway has verified; `open`, not at all.
 */
export const ACCESS_MODES = ['jwt', 'iam', 'open'] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

/** Lets a request pass, or refuses it. @throws Refusal 401, 403 */
export type Gate = (context: RequestEvent['requestContext'], access: Access) => void;

/** The scopes of a token, as the authorizer hands them on: its context has no lists. */
export const SCOPES_MEMBER = 'scope';

const GATES: Readonly<Record<AccessMode, Gate>> = {
  jwt: ({ authorizer }, access) => {
    if (access === 'open') return;
    const granted: unknown = authorizer?.[SCOPES_MEMBER];
    // No authorizer stood before this handler: nobody is let in by a mistake of deployment.
    if (typeof granted !== 'string') throw Refusal.unauthorized();
    if (!granted.split(' ').includes(access)) throw Refusal.insufficientScope(access);
  },
  iam: ({ identity }, access) => {
    if (access !== 'open' && !identity.userArn) throw Refusal.unsigned();
  },
  open: () => undefined,
};

export function gateOf(mode: AccessMode): Gate {
  return GATES[mode];
}
