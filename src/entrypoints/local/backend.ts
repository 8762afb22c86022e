import { PROFILES_TABLE, STATISTICS_TABLE } from '../../../infra/tables.ts';
import { createTables } from '../../adapters/dynamodb/create-tables.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { tableStream } from '../../adapters/dynamodb/table-stream.ts';
import { inMemoryCompanyStream } from '../../adapters/in-memory/profiles/in-memory-company-stream.ts';
import { InMemoryProfiles } from '../../adapters/in-memory/profiles/in-memory-profiles.ts';
import { InMemorySeriesReadings } from '../../adapters/in-memory/statistics/in-memory-series-readings.ts';
import { InMemoryStatistics } from '../../adapters/in-memory/statistics/in-memory-statistics.ts';
import { dynamoDbAction } from '../../adapters/local/dynamodb-action.ts';
import type { Action } from '../../adapters/local/integration-handler.ts';
import type { StreamSource } from '../../adapters/local/stream-source.ts';
import { superviseEngine } from '../../adapters/local/supervised-engine.ts';
import type { Log } from '../../adapters/system/json-log.ts';
import { SystemClock } from '../../adapters/system/system-clock.ts';
import type { Adapters } from '../composition/compose.ts';
import type { Config } from '../composition/config.ts';
import { profilesOnDynamoDb, statisticsOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { profilesInMemory, statisticsInMemory } from '../composition/in-memory-adapters.ts';
import { inMemorySummaryQuery } from './in-memory-summary-query.ts';

/** Where the data of a local system is, and the stream that tells its changes. */
export interface Backend {
  readonly profiles: Adapters;
  readonly statistics: Adapters;
  /** Each call gives a reader of its own. */
  readonly streams: { profiles(): StreamSource; statistics(): StreamSource };
  /** The Query of DynamoDB, for what is asked without code of ours between. */
  readonly query: Action;
  /** Where other processes reach the tables; undefined where they cannot. */
  readonly engine?: string;
  /** Settles when the backend cannot go on, with the reason. */
  readonly lost: Promise<Error>;
  stop(): Promise<void>;
}

/** The tables in a DynamoDB engine of this machine, whose file is in the data folder. */
export async function dynamoDbBackend(config: Config, log: Log): Promise<Backend> {
  const { dataFolder, dynamoDbEndpoint, dynoxideBinary, path } = config;
  const engine = await superviseEngine({
    dataFolder,
    env: { DYNAMODB_ENDPOINT: dynamoDbEndpoint, DYNOXIDE_BIN: dynoxideBinary, PATH: path },
    now: Date.now,
    onRestart: (how) => log.warn('the DynamoDB engine ended and is started again', { how }),
  });
  const { endpoint } = engine;
  const client = documentClient({ endpoint });
  const stop = async (): Promise<void> => {
    client.destroy();
    await engine.stop();
  };
  try {
    await createTables(client, [PROFILES_TABLE, STATISTICS_TABLE]);
  } catch (error) {
    await stop();
    const { message } = error as Error;
    throw new Error(
      dynamoDbEndpoint === undefined
        ? `The tables could not be created: ${message}`
        : `DYNAMODB_ENDPOINT names ${dynamoDbEndpoint}, where the tables could not be created: ${message}`,
      { cause: error },
    );
  }
  const streamOf = (table: string): StreamSource =>
    tableStream(client, endpoint, table, (shardId, after) =>
      log.error(
        'the stream no longer has what was not yet consumed; "npm run registry -- audit --repair" mends it',
        { alarm: 'stream-trimmed', table, shardId, after },
      ),
    );
  return {
    profiles: profilesOnDynamoDb(client, PROFILES_TABLE.name),
    statistics: statisticsOnDynamoDb(client, STATISTICS_TABLE.name, 0),
    streams: {
      profiles: () => streamOf(PROFILES_TABLE.name),
      statistics: () => streamOf(STATISTICS_TABLE.name),
    },
    query: dynamoDbAction(endpoint, 'Query'),
    engine: endpoint,
    lost: engine.lost,
    stop,
  };
}

/** Everything in the memory of this process, gone when it ends. */
export function inMemoryBackend(): Backend {
  const companies = new InMemoryProfiles();
  const companyStream = inMemoryCompanyStream(companies);
  const statistics = new InMemoryStatistics();
  return {
    profiles: profilesInMemory(companies, new SystemClock()),
    statistics: statisticsInMemory(statistics),
    streams: { profiles: () => companyStream, statistics: () => statistics.stream },
    query: inMemorySummaryQuery(
      new InMemorySeriesReadings(statistics.series, statistics.tracked, statistics.documents),
    ),
    lost: new Promise(() => {}),
    stop: async () => {},
  };
}
