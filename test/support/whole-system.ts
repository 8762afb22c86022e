import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { STREAM_FILTERS } from '../../infra/stream-filters.ts';
import { inMemoryCompanyStream } from '../../src/adapters/in-memory/profiles/in-memory-company-stream.ts';
import { InMemoryProfiles } from '../../src/adapters/in-memory/profiles/in-memory-profiles.ts';
import { InMemoryStatistics } from '../../src/adapters/in-memory/statistics/in-memory-statistics.ts';
import { MemoryCheckpoints } from '../../src/adapters/local/checkpoints.ts';
import { LocalCompanyEventPublisher } from '../../src/adapters/local/local-company-event-publisher.ts';
import { QueueEventSource } from '../../src/adapters/local/queue-event-source.ts';
import { LocalQueue } from '../../src/adapters/local/queue.ts';
import { StreamEventSource } from '../../src/adapters/local/stream-event-source.ts';
import type { StreamSource } from '../../src/adapters/local/stream-source.ts';
import { LocalTopic } from '../../src/adapters/local/topic.ts';
import type { Log } from '../../src/adapters/system/json-log.ts';
import type { CompanyIds } from '../../src/application/profiles/ports/company-ids.ts';
import type { Clock } from '../../src/domain/shared/time.ts';
import type { Topic } from '../../src/domain/statistics/set-aside-event.ts';
import { composeRegistry, type Adapters } from '../../src/entrypoints/composition/compose.ts';
import type { DocumentsService } from '../../src/entrypoints/composition/documents.ts';
import {
  profilesInMemory,
  statisticsInMemory,
} from '../../src/entrypoints/composition/in-memory-adapters.ts';
import type { RegistryMetrics } from '../../src/entrypoints/composition/metrics.ts';
import { companyEventsHandler } from '../../src/entrypoints/lambda/handlers/company-events-handler.ts';
import { companyObservationsHandler } from '../../src/entrypoints/lambda/handlers/company-observations-handler.ts';
import { metricChangesHandler } from '../../src/entrypoints/lambda/handlers/metric-changes-handler.ts';
import { profileChangesHandler } from '../../src/entrypoints/lambda/handlers/profile-changes-handler.ts';
import { profileRevisionsHandler } from '../../src/entrypoints/lambda/handlers/profile-revisions-handler.ts';
import { statisticsChangesHandler } from '../../src/entrypoints/lambda/handlers/statistics-changes-handler.ts';
import { ManualClock } from './manual-clock.ts';
import { ObjectStoreInMemory } from './object-store-in-memory.ts';
import { recordedMetrics } from './recorded-metrics.ts';
import { SequentialCompanyIds } from './sequential-company-ids.ts';

/** More than any history needs to arrive. */
const MOST_ROUNDS = 200;

/** By then, what lags has caught up. */
const A_WHILE_MS = 10_000;

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Where the statistics of a whole system are. */
export interface StatisticsBackend {
  readonly adapters: Adapters;
  /** Each call gives a reader of its own. */
  stream(): StreamSource;
  lag(writes: number): void;
  catchUp(): void;
}

export function inMemoryStatisticsBackend(): StatisticsBackend {
  const statistics = new InMemoryStatistics(A_WHILE_MS);
  return {
    adapters: statisticsInMemory(statistics),
    stream: () => statistics.stream,
    lag: (writes) => statistics.lag(writes),
    catchUp: () => statistics.catchUp(),
  };
}

/** Where the profiles of a whole system are. */
export interface ProfilesBackend {
  adapters(clock: Clock): Adapters;
  /** Each call gives a reader of its own. */
  stream(): StreamSource;
  lag(writes: number): void;
  catchUp(): void;
}

export function inMemoryProfilesBackend(): ProfilesBackend {
  const profiles = new InMemoryProfiles();
  const stream = inMemoryCompanyStream(profiles);
  return {
    adapters: (clock) => profilesInMemory(profiles, clock),
    stream: () => stream,
    lag: (writes) => profiles.lag(writes),
    catchUp: () => profiles.catchUp(),
  };
}

export interface WholeSystemOptions {
  readonly profiles?: ProfilesBackend;
  readonly clock?: ManualClock;
  readonly companyIds?: CompanyIds;
  readonly epoch?: number;
  /** What the handlers tell; nobody hears it without one. */
  readonly log?: Log;
  readonly metrics?: RegistryMetrics;
}

/** The consumers of streams, by the names of their filters. */
export const CONSUMERS = ['publisher', 'historian', 'projector', 'metricProjector'] as const;
export type Consumer = (typeof CONSUMERS)[number];

type StreamHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/** Both services, streams, topics and queues in one thread: nothing happens but what a history says. */
export class WholeSystem {
  readonly clock: ManualClock;
  readonly #profiles: ProfilesBackend;
  readonly #log: Log;
  readonly #metrics: RegistryMetrics;
  readonly #checkpoints = new MemoryCheckpoints();
  #ids = 0;
  readonly #topics: Readonly<Record<Topic, { topic: LocalTopic; queue: LocalQueue }>>;
  readonly #deadLetters = new LocalQueue({
    name: 'd',
    now: () => 0,
    newId: () => this.#newId(),
    capacity: Infinity,
  });
  readonly #published: { topic: Topic; message: string }[] = [];
  readonly registry;
  /** The contents of documents: a history puts them there, and says when somebody is told. */
  readonly objects = new ObjectStoreInMemory();
  readonly documents: DocumentsService;
  /** What happens while somebody waits. */
  whilePausing: () => Promise<void> = async () => {};
  /** Before or after its work, the next so many handler calls fail. */
  #faults: ('before' | 'after')[] = [];

  constructor(
    private readonly statistics: StatisticsBackend = inMemoryStatisticsBackend(),
    {
      profiles = inMemoryProfilesBackend(),
      clock = new ManualClock(),
      companyIds = new SequentialCompanyIds(),
      epoch = 1,
      log = silent,
      metrics = recordedMetrics(),
    }: WholeSystemOptions = {},
  ) {
    this.clock = clock;
    this.#profiles = profiles;
    this.#log = log;
    this.#metrics = metrics;
    this.#topics = {
      'company-events': this.#openTopic('company-events'),
      'company-observations': this.#openTopic('company-observations'),
    };
    this.registry = composeRegistry({
      profiles: profiles.adapters(clock),
      statistics: statistics.adapters,
      publisher: new LocalCompanyEventPublisher(
        async (messages) => {
          for (const { message } of messages) await this.publish('company-events', message);
        },
        epoch,
        () => {},
      ),
      epoch,
      system: {
        clock,
        companyIds,
        pause: {
          forMs: async (ms) => {
            this.#wait(ms);
            await this.whilePausing();
          },
        },
        backoff: async () => {},
      },
    });
    this.documents = this.registry.documentsIn(this.objects);
  }

  /** Messages that nobody has taken yet, or that were given up. */
  get undelivered(): number {
    const queues = Object.values(this.#topics).map(({ queue }) => queue);
    return [...queues, this.#deadLetters].reduce((sum, { size }) => sum + size, 0);
  }

  /** Every message that was published, in the order of the publishing. */
  get published(): readonly { readonly topic: Topic; readonly message: string }[] {
    return this.#published;
  }

  failNext(...faults: ('before' | 'after')[]): void {
    this.#faults.push(...faults);
  }

  /** Eventual reads, lists and indexes of both services miss up to this many of the last writes. */
  lag(writes: number): void {
    this.#profiles.lag(writes);
    this.statistics.lag(writes);
  }

  catchUp(): void {
    this.#profiles.catchUp();
    this.statistics.catchUp();
  }

  #wait(ms: number): void {
    this.clock.advance(ms);
    this.catchUp();
  }

  /** Nothing fails or lags any longer, and all that is under way arrives. */
  async settle(): Promise<void> {
    this.#faults = [];
    this.lag(0);
    this.catchUp();
    for (let moved = 1, rounds = 0; moved > 0; rounds++) {
      if (rounds === MOST_ROUNDS)
        throw new Error(`something is under way for ever: ${this.undelivered} messages`);
      moved = this.undelivered;
      await this.drain('company-events');
      await this.drain('company-observations');
      for (const consumer of CONSUMERS) moved += await this.poll(consumer);
    }
  }

  async publish(topic: Topic, message: string): Promise<void> {
    this.#published.push({ topic, message });
    await this.#topics[topic].topic.publish([{ message, attributes: {} }]);
  }

  /** A process that starts anew: it knows what the checkpoints know. */
  async poll(consumer: Consumer): Promise<number> {
    const { profiles, statistics } = this.registry;
    switch (consumer) {
      case 'publisher':
        return this.#pollProfiles(
          consumer,
          STREAM_FILTERS.publishedChanges,
          profileChangesHandler(profiles.publishCompanyChanges, this.#log),
        );
      case 'historian':
        return this.#pollProfiles(
          consumer,
          STREAM_FILTERS.profileChanges,
          profileRevisionsHandler(profiles.recordRevisions, this.#log),
        );
      case 'projector':
        return this.#poll(
          consumer,
          this.statistics.stream(),
          STREAM_FILTERS.statisticsChanges,
          statisticsChangesHandler(statistics.projectStatistics, this.#log),
        );
      case 'metricProjector':
        return this.#poll(
          consumer,
          this.statistics.stream(),
          STREAM_FILTERS.metricChanges,
          metricChangesHandler(statistics.projectMetric, this.#log),
        );
    }
  }

  async drain(topic: Topic): Promise<void> {
    const { receiveCompanyEvent, receiveObservations } = this.registry.statistics;
    const handler =
      topic === 'company-events'
        ? companyEventsHandler(receiveCompanyEvent, this.#log, this.#metrics)
        : companyObservationsHandler(receiveObservations, this.#log, this.#metrics);
    await new QueueEventSource({
      queue: this.#topics[topic].queue,
      deadLetters: this.#deadLetters,
      handler: this.#faulty(handler),
      maxReceiveCount: 50,
      batchSize: 3,
      concurrency: 1,
      wait: async () => {},
      onFailure: () => {},
      onDeadLetters: () => {},
    }).drain();
  }

  /** Delivers again what was published long ago. */
  async duplicate(index: number): Promise<void> {
    const published = this.#published[index % Math.max(1, this.#published.length)];
    if (published === undefined) return;
    await this.#topics[published.topic].topic.publish([{ message: published.message, attributes: {} }]);
  }

  /** Lets later messages overtake earlier ones. */
  reorder(): void {
    for (const { queue } of Object.values(this.#topics)) {
      const messages = queue.receive(Infinity);
      queue.release(messages.map(({ id }) => id).reverse());
    }
  }

  #newId(): string {
    return String(++this.#ids);
  }

  #openTopic(name: Topic): { topic: LocalTopic; queue: LocalQueue } {
    const now = (): number => Date.parse(this.clock.now());
    const newId = (): string => this.#newId();
    const queue = new LocalQueue({ name, now, newId });
    const topic = new LocalTopic(name, now, newId);
    topic.subscribe(queue);
    return { topic, queue };
  }

  async #pollProfiles(
    name: string,
    sortKeyPrefixes: readonly string[],
    handler: StreamHandler,
  ): Promise<number> {
    return this.#poll(name, this.#profiles.stream(), sortKeyPrefixes, handler);
  }

  async #poll(
    name: string,
    source: StreamSource,
    sortKeyPrefixes: readonly string[],
    handler: StreamHandler,
  ): Promise<number> {
    return new StreamEventSource({
      name,
      source,
      checkpoints: this.#checkpoints,
      sortKeyPrefixes,
      handler: this.#faulty(handler),
      batchSize: 3,
      maximumAttempts: 50,
      wait: async () => {},
      onRestart: (why) => {
        throw new Error(why);
      },
      onFailure: () => {},
      onGivenUp: async (reason) => {
        throw new Error('a record was given up', { cause: reason });
      },
    }).poll();
  }

  #faulty<Event, Answer>(handler: (event: Event) => Promise<Answer>): (event: Event) => Promise<Answer> {
    return async (event) => {
      const fault = this.#faults.shift();
      if (fault === 'before') throw new Error('struck before its work');
      const answer = await handler(event);
      if (fault === 'after') throw new Error('struck after its work');
      return answer;
    };
  }
}
