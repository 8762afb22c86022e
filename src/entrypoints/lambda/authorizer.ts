import { authorizersOf } from '../composition/authorizers.ts';
import { ConfigError, readConfig } from '../composition/config.ts';
import { jsonLog } from '../../adapters/system/json-log.ts';
import { reticent } from './handlers/reticent.ts';

const { tokens, authorizedService, logLevel } = readConfig();
if (tokens === undefined) throw new ConfigError('JWT_ISSUER and JWT_AUDIENCE are not set.');
if (authorizedService === undefined) throw new ConfigError('AUTHORIZED_SERVICE is not set.');

const log = jsonLog(process.stdout, logLevel);

/** API Gateway → who asks, and what the token grants. */
export const handler = reticent(authorizersOf(tokens, log)[authorizedService], log);
