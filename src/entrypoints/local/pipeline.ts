import type { DynamoDBBatchResponse, DynamoDBStreamEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { MetricName } from '../../../infra/observability/metrics.ts';
import { STREAM_FILTERS } from '../../../infra/stream-filters.ts';
import { FileCheckpoints, MemoryCheckpoints } from '../../adapters/local/checkpoints.ts';
import { Journal } from '../../adapters/local/journal.ts';
import { QueueEventSource } from '../../adapters/local/queue-event-source.ts';
import { StreamEventSource } from '../../adapters/local/stream-event-source.ts';
import type { StreamSource } from '../../adapters/local/stream-source.ts';
import type { Log } from '../../adapters/system/json-log.ts';
import { loggedMetrics } from '../../adapters/system/logged-metrics.ts';
import type { DocumentsService } from '../composition/documents.ts';
import type { ProfilesService, StatisticsService } from '../composition/registry.ts';
import { companyEventsHandler } from '../lambda/handlers/company-events-handler.ts';
import { companyObservationsHandler } from '../lambda/handlers/company-observations-handler.ts';
import { documentObjectsHandler } from '../lambda/handlers/document-objects-handler.ts';
import { metricChangesHandler } from '../lambda/handlers/metric-changes-handler.ts';
import { profileChangesHandler } from '../lambda/handlers/profile-changes-handler.ts';
import { profileRevisionsHandler } from '../lambda/handlers/profile-revisions-handler.ts';
import { statisticsChangesHandler } from '../lambda/handlers/statistics-changes-handler.ts';
import type { Consumed, Messaging } from './messaging.ts';

/** The event sources of this machine, between streams, queues and handlers. */
export interface Pipeline {
  /** Runs until it is stopped. */
  run(): Promise<void>;
  /** Ends `run` after what is under way. Nothing is lost: the next run goes on. */
  stop(): void;
}

/** Between two looks at a stream that had nothing new: a rename is on its way sooner than history or a ranking need be. */
const IDLE_MS = { publisher: 40, historian: 100, projector: 100, metricProjector: 500 } as const;
const BATCH = 100;
// Some minutes, with the waits between them: longer than an engine takes to come back.
const STREAM_ATTEMPTS = 30;
const RECEIVES = 30;

type StreamHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;
type QueueHandler = (event: SQSEvent) => Promise<SQSBatchResponse>;

export function createPipeline(options: {
  readonly profiles: ProfilesService;
  readonly statistics: StatisticsService;
  readonly documents: DocumentsService;
  readonly messaging: Messaging;
  /** Each call gives a reader of its own of a table's stream. */
  readonly streams: { profiles(): StreamSource; statistics(): StreamSource };
  readonly folder: string | undefined;
  readonly log: Log;
}): Pipeline {
  const { profiles, statistics, documents, messaging, streams, folder, log } = options;
  const checkpoints =
    folder === undefined ? new MemoryCheckpoints() : new FileCheckpoints(join(folder, 'checkpoints'));

  const metrics = loggedMetrics<MetricName>(log);
  const ending = new AbortController();
  // Nobody waits for the next attempt while the system ends.
  const wait = (ms: number): Promise<void> => delay(ms, undefined, { signal: ending.signal }).catch(() => {});

  const streamConsumer = (
    name: string,
    source: StreamSource,
    sortKeyPrefixes: readonly string[],
    handler: StreamHandler,
  ): StreamEventSource => {
    const givenUp = folder === undefined ? undefined : new Journal(join(folder, 'given-up', `${name}.jsonl`));
    return new StreamEventSource({
      name,
      source,
      checkpoints,
      sortKeyPrefixes,
      handler,
      batchSize: BATCH,
      maximumAttempts: STREAM_ATTEMPTS,
      wait,
      onRestart: (why) => log.warn(`${name}: starts from the oldest record`, { why }),
      onFailure: (error, records) =>
        log.warn(`${name}: failed, and comes again`, { error, records: records.length }),
      onGivenUp: async (error, records) => {
        await givenUp?.append(records);
        log.error(
          `${name}: records were given up; "npm run registry -- audit --repair" mends what they meant`,
          { alarm: 'given-up', error, records: records.length },
        );
      },
    });
  };
  const queueConsumer = ({ queue, deadLetters }: Consumed, handler: QueueHandler): QueueEventSource => {
    const { name } = queue;
    return new QueueEventSource({
      queue,
      deadLetters,
      handler,
      maxReceiveCount: RECEIVES,
      batchSize: 10,
      concurrency: 8,
      wait,
      onDeadLetters: (messages) =>
        log.error(`${name}: given up until the next start`, {
          alarm: 'dead-letters',
          messages: messages.length,
        }),
      onFailure: (error, messages) =>
        log.warn(`${name}: failed, and comes again`, { error, messages: messages.length }),
    });
  };

  const publisher = streamConsumer(
    'profile-changes',
    streams.profiles(),
    STREAM_FILTERS.publishedChanges,
    profileChangesHandler(profiles.publishCompanyChanges, log),
  );
  const historian = streamConsumer(
    'profile-revisions',
    streams.profiles(),
    STREAM_FILTERS.profileChanges,
    profileRevisionsHandler(profiles.recordRevisions, log),
  );
  const projector = streamConsumer(
    'statistics-changes',
    streams.statistics(),
    STREAM_FILTERS.statisticsChanges,
    statisticsChangesHandler(statistics.projectStatistics, log),
  );
  const metricProjector = streamConsumer(
    'metric-changes',
    streams.statistics(),
    STREAM_FILTERS.metricChanges,
    metricChangesHandler(statistics.projectMetric, log),
  );
  const follower = queueConsumer(
    messaging.subscriptions['company-events'],
    companyEventsHandler(statistics.receiveCompanyEvent, log, metrics),
  );
  const observer = queueConsumer(
    messaging.subscriptions['company-observations'],
    companyObservationsHandler(statistics.receiveObservations, log, metrics),
  );

  const archivist = queueConsumer(
    messaging.objects,
    documentObjectsHandler(documents.followObject, log, metrics),
  );

  return {
    run: async () => {
      await Promise.all([
        publisher.run(IDLE_MS.publisher),
        historian.run(IDLE_MS.historian),
        projector.run(IDLE_MS.projector),
        metricProjector.run(IDLE_MS.metricProjector),
        follower.run(),
        observer.run(),
        archivist.run(),
      ]);
    },
    stop: () => {
      for (const consumer of [
        publisher,
        historian,
        projector,
        metricProjector,
        follower,
        observer,
        archivist,
      ]) {
        consumer.stop();
      }
      ending.abort();
    },
  };
}
