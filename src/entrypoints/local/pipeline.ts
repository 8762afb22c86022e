import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FileCheckpoints, MemoryCheckpoints } from '../../adapters/local/checkpoints.ts';
import { Journal } from '../../adapters/local/journal.ts';
import { QueueEventSource } from '../../adapters/local/queue-event-source.ts';
import { LocalQueue } from '../../adapters/local/queue.ts';
import { StreamEventSource } from '../../adapters/local/stream-event-source.ts';
import type { StreamSource } from '../../adapters/local/stream-source.ts';
import { LocalTopic } from '../../adapters/local/topic.ts';
import type { Log } from '../../adapters/system/json-log.ts';
import type { ProfilesService, StatisticsService } from '../composition/registry.ts';
import { companyEventsHandler } from '../lambda/handlers/company-events-handler.ts';
import { profileChangesHandler } from '../lambda/handlers/profile-changes-handler.ts';
import { profileRevisionsHandler } from '../lambda/handlers/profile-revisions-handler.ts';

/** What lies between the two services on this machine: topic, queue and event sources. */
export interface Pipeline {
  /** Runs until it is stopped. */
  run(): Promise<void>;
  /** Ends `run` after what is under way. Nothing is lost: the next run goes on. */
  stop(): void;
}

const IDLE_MS = 40;
const BATCH = 100;
// Some minutes, with the waits between them: longer than an engine takes to come back.
const STREAM_ATTEMPTS = 30;
const RECEIVES = 30;

/** The topic and the queue behind it, which take up what an earlier process left. */
export interface Messaging {
  readonly topic: LocalTopic;
  readonly queue: LocalQueue;
  readonly deadLetters: LocalQueue;
  close(): Promise<void>;
}

/** @param folder where messages survive the process; without it they live as long as the process */
export async function openMessaging(folder: string | undefined, log: Log): Promise<Messaging> {
  const queueOf = (name: string, capacity?: number): LocalQueue =>
    new LocalQueue({
      name,
      now: Date.now,
      newId: randomUUID,
      ...(folder !== undefined && { journal: new Journal(join(folder, 'queues', `${name}.jsonl`)) }),
      ...(capacity !== undefined && { capacity }),
    });
  const queue = queueOf('company-events');
  const deadLetters = queueOf('company-events-dead-letters', Infinity);
  await queue.open();
  await deadLetters.open();
  // What was given up before may succeed now; a start is the time to find out.
  const dead = deadLetters.receive(Infinity);
  if (dead.length > 0) {
    log.warn('dead letters are delivered again', { count: dead.length });
    await queue.send(dead.map(({ body }) => body));
    await deadLetters.delete(dead.map(({ id }) => id));
  }
  const topic = new LocalTopic('company-events', Date.now, randomUUID);
  topic.subscribe(queue);
  return {
    topic,
    queue,
    deadLetters,
    close: async () => {
      await Promise.all([queue.close(), deadLetters.close()]);
    },
  };
}

export function createPipeline(options: {
  readonly profiles: ProfilesService;
  readonly statistics: StatisticsService;
  readonly messaging: Messaging;
  /** Each call gives a reader of its own of the profiles table's stream. */
  readonly profilesStream: () => StreamSource;
  readonly folder: string | undefined;
  readonly log: Log;
}): Pipeline {
  const { profiles, statistics, messaging, profilesStream, folder, log } = options;
  const checkpoints =
    folder === undefined ? new MemoryCheckpoints() : new FileCheckpoints(join(folder, 'checkpoints'));

  const ending = new AbortController();
  // Nobody waits for the next attempt while the system ends.
  const wait = (ms: number): Promise<void> => delay(ms, undefined, { signal: ending.signal }).catch(() => {});

  const streamConsumer = (
    name: string,
    handler: ReturnType<typeof profileChangesHandler>,
  ): StreamEventSource => {
    const givenUp = folder === undefined ? undefined : new Journal(join(folder, 'given-up', `${name}.jsonl`));
    return new StreamEventSource({
      name,
      source: profilesStream(),
      checkpoints,
      sortKeyPrefix: 'PROFILE',
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
          {
            alarm: 'given-up',
            error,
            records: records.length,
          },
        );
      },
    });
  };
  const publisher = streamConsumer(
    'profile-changes',
    profileChangesHandler(profiles.publishCompanyChanges, log),
  );
  const historian = streamConsumer(
    'profile-revisions',
    profileRevisionsHandler(profiles.recordRevisions, log),
  );
  const follower = new QueueEventSource({
    queue: messaging.queue,
    deadLetters: messaging.deadLetters,
    handler: companyEventsHandler(statistics.receiveCompanyEvent, log),
    maxReceiveCount: RECEIVES,
    batchSize: 10,
    concurrency: 8,
    wait,
    onDeadLetters: (messages) =>
      log.error('company-events: given up until the next start', {
        alarm: 'dead-letters',
        messages: messages.length,
      }),
    onFailure: (error, messages) =>
      log.warn('company-events: failed, and comes again', { error, messages: messages.length }),
  });

  return {
    run: async () => {
      await Promise.all([publisher.run(IDLE_MS), historian.run(IDLE_MS), follower.run()]);
    },
    stop: () => {
      publisher.stop();
      historian.stop();
      follower.stop();
      ending.abort();
    },
  };
}
