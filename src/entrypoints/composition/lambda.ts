import { documentClient, type DocumentClient } from '../../adapters/dynamodb/document-client.ts';
import { jsonLog, type Log } from '../../adapters/system/json-log.ts';
import { ConfigError, readConfig, type Config } from './config.ts';

/** What every Lambda starts from, once a cold start. */
export interface LambdaContext {
  readonly config: Config;
  readonly log: Log;
}

export function lambdaContext(): LambdaContext {
  const config = readConfig();
  return { config, log: jsonLog(process.stdout, config.logLevel) };
}

/** @throws ConfigError: every instance must sign with the same secret, so that none can be made up here */
export function cursorSecretOf({ config }: LambdaContext): string {
  if (config.cursorSecret === undefined) throw new ConfigError('CURSOR_SECRET is not set.');
  return config.cursorSecret;
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
