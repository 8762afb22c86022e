import { resolve } from 'node:path';
import { isTrustworthy } from '../../adapters/access/loopback.ts';
import type { TokenRules } from '../../adapters/access/token-verifier.ts';
import { ACCESS_MODES, type AccessMode } from '../../adapters/http/gate.ts';
import { SERVICES, type Service } from '../../adapters/http/guarded-routes.ts';
import { LOG_LEVELS, type LogLevel } from '../../adapters/system/json-log.ts';

/** Everything that the environment decides, read once. */
export interface Config {
  /** The address to listen on. */
  readonly host: string;
  /** Where clients reach what listens there; undefined where that is the address itself. */
  readonly publicUrl: string | undefined;
  readonly port: number;
  /** Whether PORT said so, or it is the default. */
  readonly portIsGiven: boolean;
  /** The folder of this machine's data. */
  readonly dataFolder: string;
  readonly logLevel: LogLevel | undefined;
  readonly dynamoDbEndpoint: string | undefined;
  readonly dynoxideBinary: string | undefined;
  readonly path: string | undefined;
  /** What there is on AWS; nothing on a machine of one's own. Each Lambda is told what it needs and no more. */
  readonly aws: Partial<AwsResources>;
  /** Where the contents of documents are on AWS. */
  readonly documentsBucket: string | undefined;
  /** The queue that begins imports on AWS, and by which they go on. */
  readonly importsQueueUrl: string | undefined;
  /** Where an operator sends observations on AWS. */
  readonly companyObservationsTopicArn: string | undefined;
  /** The Lambdas that an operator invokes on AWS. */
  readonly functions: { readonly profiles: string | undefined; readonly statistics: string | undefined };
  /** Raised by one after a restore of the profiles table from a backup. */
  readonly epoch: number;
  /** Signs the cursors of lists; undefined where the local runtime makes one. */
  readonly cursorSecret: string | undefined;
  /** The secret of Secrets Manager that signs them on AWS. */
  readonly cursorSecretArn: string | undefined;
  /** How callers are known; undefined where that is not said. */
  readonly access: AccessMode | undefined;
  /** The service before whose API an authorizer stands. */
  readonly authorizedService: Service | undefined;
  /** Which tokens are good; undefined where none are. */
  readonly tokens: TokenSource | undefined;
}

export interface TokenSource extends TokenRules {
  /** Where the keys of the issuer are; undefined where its discovery document says so. */
  readonly jwksUri: string | undefined;
}

export interface AwsResources {
  readonly profilesTable: string;
  readonly statisticsTable: string;
  readonly companyEventsTopicArn: string;
}

/** In characters: what is shorter is found by trying. */
const SHORTEST_SECRET = 16;

/** The environment says something that cannot be used. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws ConfigError that names the variable */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  return {
    host: env['HOST'] || '127.0.0.1',
    publicUrl: url(env, 'PUBLIC_URL'),
    port: integer(env, 'PORT', 3000, 0, 65_535),
    portIsGiven: Boolean(env['PORT']),
    dataFolder: resolve(env['REGISTRY_DATA'] || '.registry'),
    logLevel: oneOf(env, 'LOG_LEVEL', LOG_LEVELS),
    dynamoDbEndpoint: url(env, 'DYNAMODB_ENDPOINT'),
    dynoxideBinary: env['DYNOXIDE_BIN'] || undefined,
    path: env['PATH'],
    aws: {
      ...named('profilesTable', env['PROFILES_TABLE']),
      ...named('statisticsTable', env['STATISTICS_TABLE']),
      ...named('companyEventsTopicArn', env['COMPANY_EVENTS_TOPIC_ARN']),
    },
    documentsBucket: env['DOCUMENTS_BUCKET'] || undefined,
    importsQueueUrl: url(env, 'IMPORTS_QUEUE_URL'),
    companyObservationsTopicArn: env['COMPANY_OBSERVATIONS_TOPIC_ARN'] || undefined,
    functions: {
      profiles: env['PROFILES_FUNCTION'] || undefined,
      statistics: env['STATISTICS_FUNCTION'] || undefined,
    },
    epoch: integer(env, 'REGISTRY_EPOCH', 1, 1, Number.MAX_SAFE_INTEGER),
    cursorSecret: cursorSecret(env),
    cursorSecretArn: env['CURSOR_SECRET_ARN'] || undefined,
    access: oneOf(env, 'ACCESS', ACCESS_MODES),
    authorizedService: oneOf(env, 'AUTHORIZED_SERVICE', SERVICES),
    tokens: tokenRules(env),
  };
}

const VARIABLES: Readonly<Record<keyof AwsResources, string>> = {
  profilesTable: 'PROFILES_TABLE',
  statisticsTable: 'STATISTICS_TABLE',
  companyEventsTopicArn: 'COMPANY_EVENTS_TOPIC_ARN',
};

/** @throws ConfigError that names the variable which is not set */
export function awsResource(config: Config, resource: keyof AwsResources): string {
  const value = config.aws[resource];
  if (value === undefined) throw new ConfigError(`${VARIABLES[resource]} is not set.`);
  return value;
}

/**
 * Everything on AWS, where the environment names it; undefined where it names nothing.
 *
 * @throws ConfigError where it names a part
 */
export function allAwsResources({ aws }: Config): AwsResources | undefined {
  const { profilesTable, statisticsTable, companyEventsTopicArn } = aws;
  if (profilesTable && statisticsTable && companyEventsTopicArn) {
    return { profilesTable, statisticsTable, companyEventsTopicArn };
  }
  if (profilesTable || statisticsTable || companyEventsTopicArn) {
    throw new ConfigError(`Set all of ${Object.values(VARIABLES).join(', ')} to use AWS, or none of them.`);
  }
  return undefined;
}

/** @throws ConfigError where the environment names the Lambda of one service alone */
export function refuseOneFunction({ functions }: Config): void {
  if ((functions.profiles === undefined) !== (functions.statistics === undefined)) {
    throw new ConfigError(
      'Set both of PROFILES_FUNCTION, STATISTICS_FUNCTION to use AWS, or neither of them.',
    );
  }
}

function named<Name extends string>(
  name: Name,
  value: string | undefined,
): { readonly [key in Name]?: string } {
  return value ? ({ [name]: value } as { readonly [key in Name]: string }) : {};
}

function integer(
  env: NodeJS.ProcessEnv,
  name: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new ConfigError(
      `${name} is ${JSON.stringify(text)}; it must be a whole number from ${least} to ${most}.`,
    );
  }
  return value;
}

function cursorSecret(env: NodeJS.ProcessEnv): string | undefined {
  const secret = env['CURSOR_SECRET'];
  if (secret === undefined || secret === '') return undefined;
  if (secret.length < SHORTEST_SECRET) {
    throw new ConfigError(
      `CURSOR_SECRET is too short to be a secret; it must have at least ${SHORTEST_SECRET} characters, ` +
        'such as those that openssl rand -hex 32 makes.',
    );
  }
  return secret;
}

function url(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw new ConfigError(
      `${name} is ${JSON.stringify(text)}; it must be a URL such as http://127.0.0.1:8000.`,
    );
  }
  return text;
}

function oneOf<Value extends string>(
  env: NodeJS.ProcessEnv,
  name: string,
  values: readonly Value[],
): Value | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const value = values.find((known) => known === text);
  if (value === undefined) {
    throw new ConfigError(`${name} is ${JSON.stringify(text)}; it must be one of ${values.join(', ')}.`);
  }
  return value;
}

function tokenRules(env: NodeJS.ProcessEnv): TokenSource | undefined {
  const issuer = url(env, 'JWT_ISSUER');
  const audiences = (env['JWT_AUDIENCE'] ?? '')
    .split(',')
    .map((audience) => audience.trim())
    .filter(Boolean);
  const jwksUri = url(env, 'JWT_JWKS_URI');
  if (issuer === undefined && audiences.length === 0 && jwksUri === undefined) return undefined;
  if (issuer === undefined || audiences.length === 0) {
    throw new ConfigError(
      'Set both JWT_ISSUER and JWT_AUDIENCE to take tokens, or neither: a token must be for this system.',
    );
  }
  for (const [name, value] of Object.entries({ JWT_ISSUER: issuer, JWT_JWKS_URI: jwksUri })) {
    if (value !== undefined && !isTrustworthy(value)) {
      throw new ConfigError(`${name} is ${value}; it must begin with https:, unless it is on this machine.`);
    }
  }
  return { issuer, audiences, jwksUri, scopePrefix: env['JWT_SCOPE_PREFIX'] ?? '' };
}
