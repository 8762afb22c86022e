import { join } from 'node:path';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { FolderObjectStore } from '../../adapters/local/folder-object-store.ts';
import { LocalCompanyEventPublisher } from '../../adapters/local/local-company-event-publisher.ts';
import { ObjectLinks } from '../../adapters/local/object-links.ts';
import { publishThroughDoor } from '../../adapters/local/private-door.ts';
import { readRuntime, type Runtime } from '../../adapters/local/runtime-file.ts';
import { snsClient } from '../../adapters/sns/sns-client.ts';
import { topicPublisher } from '../../adapters/sns/topic-publisher.ts';
import { jsonLog } from '../../adapters/system/json-log.ts';
import {
  METRICS,
  METRICS_NAMESPACE,
  SERVICE_DIMENSION,
  type MetricName,
  type Service,
} from '../../../infra/observability/metrics.ts';
import { PROFILES_TABLE, STATISTICS_TABLE } from '../../../infra/tables.ts';
import { composeRegistry } from './compose.ts';
import { allAwsResources, ConfigError, readConfig, type AwsResources, type Config } from './config.ts';
import { profilesOnDynamoDb, statisticsOnDynamoDb } from './dynamodb-adapters.ts';
import type { Registry } from './registry.ts';
import { snsPublisher } from './sns-publisher.ts';

/** There is nothing to work on: the message says how to get it. */
class NotRunning extends Error {
  override readonly name = 'NotRunning';
}

/**
 * The running system, for an operator: on AWS where the environment names its tables, else the one on this machine.
 *
 * @throws NotRunning, ConfigError
 */
export async function openRegistry(): Promise<Registry> {
  const config = readConfig();
  const aws = allAwsResources(config);
  return aws ? openOnAws(config, aws) : openOnThisMachine(config);
}

function openOnAws(
  config: Config,
  { profilesTable, statisticsTable, companyEventsTopicArn }: AwsResources,
): Registry {
  const client = documentClient();
  const { epoch, companyObservationsTopicArn: topicArn, documentsBucket } = config;
  const { documentsIn, ...registry } = composeRegistry({
    profiles: profilesOnDynamoDb(client, profilesTable),
    statistics: statisticsOnDynamoDb(client, statisticsTable),
    publisher: snsPublisher(companyEventsTopicArn, epoch, jsonLog(process.stderr)),
    epoch,
  });
  return {
    ...registry,
    documents: async () => {
      if (documentsBucket === undefined)
        throw new ConfigError('Set DOCUMENTS_BUCKET to the bucket that the objects are in.');
      // Few commands need it.
      const { objectsInS3 } = await import('./documents-on-aws.ts');
      return documentsIn(objectsInS3(documentsBucket));
    },
    sendObservations: async (message) => {
      if (topicArn === undefined) {
        throw new ConfigError('Set COMPANY_OBSERVATIONS_TOPIC_ARN to the topic that takes observations.');
      }
      await topicPublisher(snsClient(), topicArn)(message);
    },
    tellDrift: async (value) => {
      const { cloudWatchClient, putMetric } = await import('../../adapters/cloudwatch/put-metric.ts');
      await putMetric(cloudWatchClient(), {
        namespace: METRICS_NAMESPACE,
        name: 'Drift' satisfies MetricName,
        dimensions: { [SERVICE_DIMENSION]: 'audit' satisfies Service },
        unit: METRICS.Drift,
        value,
      });
    },
    close: async () => client.destroy(),
  };
}

async function openOnThisMachine(config: Config): Promise<Registry> {
  const { url, engine, epoch, token } = await running(config);
  if (engine === undefined) {
    throw new NotRunning(
      `The system at ${url} keeps its data in its own memory (--in-memory), where no other process can reach it. ` +
        'Start it without --in-memory to use this command.',
    );
  }
  const client = documentClient({ endpoint: engine });
  const log = jsonLog(process.stderr);
  const publish = publishThroughDoor(url, token);
  const { documentsIn, ...registry } = composeRegistry({
    profiles: profilesOnDynamoDb(client, PROFILES_TABLE.name),
    statistics: statisticsOnDynamoDb(client, STATISTICS_TABLE.name, 0),
    publisher: new LocalCompanyEventPublisher(publish.bind(undefined, 'company-events'), epoch, (error) =>
      log.warn('the running system took no events', { error }),
    ),
    epoch,
  });
  return {
    ...registry,
    documents: async () => documentsIn(objectsBesideServer(config.dataFolder)),
    sendObservations: async (message) => publish('company-observations', [{ message, attributes: {} }]),
    close: async () => client.destroy(),
  };
}

/** The objects of the running system, for those who look at them or delete them: nobody here gives links. */
function objectsBesideServer(dataFolder: string): FolderObjectStore {
  return new FolderObjectStore({
    folder: join(dataFolder, 'objects'),
    links: new ObjectLinks(''),
    url: () => '',
    // Whoever deletes an object here knows what becomes of its document.
    notify: async () => {},
    nowMs: Date.now,
  });
}

async function running({ dataFolder, port, portIsGiven }: Config): Promise<Runtime> {
  const runtime = await readRuntime(dataFolder);
  if (runtime === undefined || !(await answers(runtime.url))) {
    throw new NotRunning(`Nothing is running on the data folder ${dataFolder}. Start it with: npm start`);
  }
  if (portIsGiven && Number(new URL(runtime.url).port) !== port) {
    throw new NotRunning(
      `PORT is ${port}, but the system on the data folder ${dataFolder} answers at ${runtime.url}.`,
    );
  }
  return runtime;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(new URL('/health', url), { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
