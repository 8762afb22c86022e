import type { Container } from 'inversify';
import { documentClient, type DocumentClient } from '../../adapters/dynamodb/document-client.ts';
import { jsonLog, type Log } from '../../adapters/system/json-log.ts';
import { profilesContainer, statisticsContainer } from './compose.ts';
import { awsResource, ConfigError, readConfig, type Config } from './config.ts';
import { profilesOnDynamoDb, statisticsOnDynamoDb } from './dynamodb-adapters.ts';
import type { StatisticsService } from './registry.ts';
import { statisticsService } from './statistics-use-cases.ts';

/** What every Lambda starts from, once a cold start. */
export interface LambdaContext {
  readonly config: Config;
  readonly log: Log;
}

export function lambdaContext(): LambdaContext {
  const config = readConfig();
  return { config, log: jsonLog(process.stdout, config.logLevel) };
}

/** The profiles service on its table, for Lambdas that publish nothing. */
export function lambdaProfiles({ config }: LambdaContext): Container {
  return profilesContainer(profilesOnDynamoDb(clientOf(config), awsResource(config, 'profilesTable')));
}

export function lambdaStatistics({ config }: LambdaContext): StatisticsService {
  return statisticsService(
    statisticsContainer(statisticsOnDynamoDb(clientOf(config), awsResource(config, 'statisticsTable'))),
  );
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

function clientOf({ dynamoDbEndpoint: endpoint }: Config): DocumentClient {
  return documentClient({ endpoint });
}
