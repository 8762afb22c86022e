import { documentClient, type DocumentClient } from '../../adapters/dynamodb/document-client.ts';
import type { CursorSecrets } from '../../adapters/http/cursors.ts';
import { jsonLog, type Log } from '../../adapters/system/json-log.ts';
import type { ApiOptions } from './apis.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { storedCursorSecrets } from './stored-cursor-secrets.ts';

/** What every Lambda starts from, once a cold start. */
export interface LambdaContext {
  readonly config: Config;
  readonly log: Log;
}

export function lambdaContext(): LambdaContext {
  const config = readConfig();
  return { config, log: jsonLog(process.stdout, config.logLevel) };
}

/** What serves routes, over HTTP or not. @throws ConfigError */
export function lambdaApiOptions(context: LambdaContext): ApiOptions {
  const { config, log } = context;
  // Where nobody says how callers are known, they need a token.
  return { cursorSecret: cursorSecretOf(context), access: config.access ?? 'jwt', log };
}

/** @throws ConfigError: every instance must sign with the same secret, so that none can be made up here */
export function cursorSecretOf({ config }: LambdaContext): CursorSecrets | string {
  const { cursorSecretArn, cursorSecret } = config;
  if (cursorSecretArn !== undefined) return storedCursorSecrets(cursorSecretArn);
  if (cursorSecret === undefined) throw new ConfigError('CURSOR_SECRET_ARN is not set, nor CURSOR_SECRET.');
  return cursorSecret;
}

/** @throws ConfigError */
export function documentsBucketOf({ config }: LambdaContext): string {
  if (config.documentsBucket === undefined) throw new ConfigError('DOCUMENTS_BUCKET is not set.');
  return config.documentsBucket;
}

/** The client of the one table of a Lambda. */
export function clientOf({ config: { dynamoDbEndpoint: endpoint } }: LambdaContext): DocumentClient {
  return documentClient({ endpoint });
}
