import { createAuthorizer, type Authorizer } from '../../adapters/access/authorizer.ts';
import { IssuerKeys } from '../../adapters/access/issuer-keys.ts';
import { TokenVerifier } from '../../adapters/access/token-verifier.ts';
import type { Service } from '../../adapters/http/guarded-routes.ts';
import type { Log } from '../../adapters/system/json-log.ts';
import type { TokenSource } from './config.ts';

/** What stands before the API of either service, over the same keys of the issuer. */
export function authorizersOf(tokens: TokenSource, log: Log): Readonly<Record<Service, Authorizer>> {
  const keys = new IssuerKeys({ ...tokens, nowMs: Date.now });
  const verifier = new TokenVerifier(tokens, keys.find, Date.now);
  return {
    profiles: createAuthorizer('profiles', verifier, log),
    statistics: createAuthorizer('statistics', verifier, log),
  };
}
