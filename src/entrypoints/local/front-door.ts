import { isLoopback } from '../../adapters/access/loopback.ts';
import type { AccessMode } from '../../adapters/http/gate.ts';
import { authorizing, type GuardedApi } from '../../adapters/local/authorizing-handler.ts';
import type { Log } from '../../adapters/system/json-log.ts';
import { authorizersOf } from '../composition/authorizers.ts';
import { ConfigError, type Config } from '../composition/config.ts';

/** Who comes in, and where. */
export interface FrontDoor {
  readonly access: AccessMode;
  /** The API as it is served to them. */
  readonly guard: (api: GuardedApi) => GuardedApi;
  /** Where it is, once it has a port: for this machine, and for those who are given links. */
  readonly urlAt: (port: number) => string;
  readonly publicUrlAt: (port: number) => string;
}

/**
 * Open to this machine; for whoever comes from elsewhere there must be an issuer of tokens.
 *
 * @throws ConfigError
 */
export function frontDoor(config: Config, log: Log): FrontDoor {
  const { host, access, tokens, publicUrl } = config;
  if (access === 'iam')
    throw new ConfigError('ACCESS is iam, but API Gateway alone checks signatures of AWS: set JWT_ISSUER.');
  if (access === 'open' && tokens !== undefined)
    throw new ConfigError('ACCESS is open, but JWT_ISSUER is set: unset one of them.');
  if (tokens === undefined && (access === 'jwt' || !isLoopback(host)))
    throw new ConfigError(
      (access === 'jwt' ? 'ACCESS is jwt' : `HOST is ${host}, where other machines can reach this one`) +
        ', but nobody says who may come in. Set JWT_ISSUER and JWT_AUDIENCE to take tokens' +
        (access === 'jwt' ? '.' : ', or leave HOST out.'),
    );
  const urlAt = (port: number): string => `http://${reachable(host)}:${port}`;
  const authorizers = tokens && authorizersOf(tokens, log);
  return {
    access: tokens === undefined ? 'open' : 'jwt',
    guard: (api) => (authorizers === undefined ? api : authorizing(api, authorizers, log)),
    urlAt,
    publicUrlAt: (port) => publicUrl?.replace(/\/$/, '') ?? urlAt(port),
  };
}

/** Every address of the machine is this one, too. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host.replace(/^\[|\]$/g, '')}]` : host;
}
