import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inMemoryCompanyStream } from '../../src/adapters/in-memory/profiles/in-memory-company-stream.ts';
import { InMemoryProfiles } from '../../src/adapters/in-memory/profiles/in-memory-profiles.ts';
import { MemoryCheckpoints } from '../../src/adapters/local/checkpoints.ts';
import { LocalCompanyEventPublisher } from '../../src/adapters/local/local-company-event-publisher.ts';
import { QueueEventSource } from '../../src/adapters/local/queue-event-source.ts';
import { LocalQueue } from '../../src/adapters/local/queue.ts';
import { StreamEventSource } from '../../src/adapters/local/stream-event-source.ts';
import { LocalTopic } from '../../src/adapters/local/topic.ts';
import type { Company } from '../../src/domain/profiles/company.ts';
import { RegistryError } from '../../src/domain/shared/errors.ts';
import { composeRegistry } from '../../src/entrypoints/composition/compose.ts';
import {
  profilesInMemory,
  statisticsInMemory,
} from '../../src/entrypoints/composition/in-memory-adapters.ts';
import { companyEventsHandler } from '../../src/entrypoints/lambda/handlers/company-events-handler.ts';
import { profileChangesHandler } from '../../src/entrypoints/lambda/handlers/profile-changes-handler.ts';
import { profileRevisionsHandler } from '../../src/entrypoints/lambda/handlers/profile-revisions-handler.ts';
import { someFacts } from '../support/company-mother.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { SequentialCompanyIds } from '../support/sequential-company-ids.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const context = { requestId: 'history' };

/** Both services, stream, topic and queue in one thread: nothing happens but what a history says. */
class WholeSystem {
  readonly clock = new ManualClock();
  readonly profiles = new InMemoryProfiles();
  private readonly stream = inMemoryCompanyStream(this.profiles);
  private readonly checkpoints = new MemoryCheckpoints();
  private ids = 0;
  private readonly newId = (): string => String(++this.ids);
  readonly queue = new LocalQueue({ name: 'q', now: () => Date.parse(this.clock.now()), newId: this.newId });
  readonly deadLetters = new LocalQueue({ name: 'd', now: () => 0, newId: this.newId, capacity: Infinity });
  private readonly topic = new LocalTopic('t', () => Date.parse(this.clock.now()), this.newId);
  private readonly published: string[] = [];
  readonly registry = composeRegistry({
    profiles: profilesInMemory(this.profiles, this.clock),
    statistics: statisticsInMemory(),
    publisher: new LocalCompanyEventPublisher(
      async (messages) => {
        this.published.push(...messages.map(({ message }) => message));
        await this.topic.publish(messages);
      },
      1,
      () => {},
    ),
    epoch: 1,
    system: {
      clock: this.clock,
      companyIds: new SequentialCompanyIds(),
      pause: { forMs: async (ms) => this.clock.advance(ms) },
      backoff: async () => {},
    },
  });
  /** Before or after its work, the next so many handler calls fail. */
  private faults: ('before' | 'after')[] = [];

  constructor() {
    this.topic.subscribe(this.queue);
  }

  failNext(...faults: ('before' | 'after')[]): void {
    this.faults.push(...faults);
  }

  heal(): void {
    this.faults = [];
    this.profiles.lag(0);
    this.profiles.catchUp();
  }

  /** A process that starts anew: it knows what the checkpoints know. */
  async pollPublisher(): Promise<number> {
    return this.consumer(
      'publisher',
      profileChangesHandler(this.registry.profiles.publishCompanyChanges, silent),
    ).poll();
  }

  async pollHistorian(): Promise<number> {
    return this.consumer(
      'historian',
      profileRevisionsHandler(this.registry.profiles.recordRevisions, silent),
    ).poll();
  }

  async drainQueue(): Promise<void> {
    await new QueueEventSource({
      queue: this.queue,
      deadLetters: this.deadLetters,
      handler: this.faulty(companyEventsHandler(this.registry.statistics.receiveCompanyEvent, silent)),
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
    const message = this.published[index % Math.max(1, this.published.length)];
    if (message !== undefined) await this.topic.publish([{ message, attributes: {} }]);
  }

  /** Lets later messages overtake earlier ones. */
  reorder(): void {
    const messages = this.queue.receive(Infinity);
    this.queue.release(messages.map(({ id }) => id).reverse());
  }

  private consumer(name: string, handler: ReturnType<typeof profileChangesHandler>): StreamEventSource {
    return new StreamEventSource({
      name,
      source: this.stream,
      checkpoints: this.checkpoints,
      sortKeyPrefix: 'PROFILE',
      handler: this.faulty(handler),
      batchSize: 3,
      maximumAttempts: 50,
      wait: async () => {},
      onRestart: () => {},
      onFailure: () => {},
      onGivenUp: async () => {
        throw new Error('a record was given up');
      },
    });
  }

  private faulty<Event, Answer>(
    handler: (event: Event) => Promise<Answer>,
  ): (event: Event) => Promise<Answer> {
    return async (event) => {
      const fault = this.faults.shift();
      if (fault === 'before') throw new Error('struck before its work');
      const answer = await handler(event);
      if (fault === 'after') throw new Error('struck after its work');
      return answer;
    };
  }
}

type Step =
  | { readonly do: 'register' | 'poll-publisher' | 'poll-historian' | 'drain' | 'reorder' | 'snapshots' }
  | { readonly do: 'rename' | 'change' | 'remove' | 'duplicate' | 'lag'; readonly which: number }
  | { readonly do: 'fail'; readonly fault: 'before' | 'after' };

const which = fc.nat({ max: 7 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('register', 'poll-publisher', 'poll-historian', 'drain', 'reorder', 'snapshots'),
  }),
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('rename', 'change', 'remove', 'duplicate', 'lag'), which }),
  },
  fc.record({ do: fc.constant('fail'), fault: fc.constantFrom('before', 'after') }),
);

async function take(system: WholeSystem, companies: Company[], one: Step, number: number): Promise<void> {
  const { profiles } = system.registry;
  system.clock.advance(1);
  const company = 'which' in one ? companies[one.which % Math.max(1, companies.length)] : undefined;
  const put = (next: Company): Company =>
    (companies[companies.findIndex((c) => c.companyId === next.companyId)] = next);
  switch (one.do) {
    case 'register':
      companies.push(
        await profiles.registerCompany.execute(someFacts({ name: `Company ${number}` }), context),
      );
      return;
    case 'rename':
      if (company)
        put(
          await profiles.renameCompany.execute(company.companyId, company.version, `Name ${number}`, context),
        );
      return;
    case 'change': {
      const revise = (facts: Company | object) => ({ ...someFacts(), ...facts, description: `${number}` });
      if (company)
        put(await profiles.changeCompany.execute(company.companyId, company.version, revise, context));
      return;
    }
    case 'remove':
      if (company) await profiles.removeCompany.execute(company.companyId, company.version, context);
      return;
    case 'poll-publisher':
      await system.pollPublisher();
      return;
    case 'poll-historian':
      await system.pollHistorian();
      return;
    case 'drain':
      return system.drainQueue();
    case 'reorder':
      return system.reorder();
    case 'snapshots':
      await profiles.publishSnapshots.execute('snapshots');
      return;
    case 'duplicate':
      return system.duplicate(one.which);
    case 'lag':
      return system.profiles.lag(one.which);
    case 'fail':
      return system.failNext(one.fault);
  }
}

/** What a caller may be told, such as that a company is removed, is part of a history. */
const answered = (error: unknown): void => {
  if (!(error instanceof RegistryError)) throw error;
};

describe('both services in one thread', () => {
  it('agree in the end, whatever failed, came twice, too late or out of order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (history) => {
        const system = new WholeSystem();
        const companies: Company[] = [];
        for (const [number, one] of history.entries()) {
          await take(system, companies, one, number).catch(answered);
        }
        system.heal();
        while ((await system.pollPublisher()) + (await system.pollHistorian()) > 0);
        await system.drainQueue();

        const { audit, statistics } = system.registry;
        // Names, versions, tombstones, and revisions 1..n.
        const report = await audit.auditCompanies.execute();
        expect(report.drift).toBe(0);
        expect(report.companies + report.tombstones).toBe(companies.length);
        expect(system.queue.size + system.deadLetters.size).toBe(0);
        const setAside = [];
        for await (const event of statistics.listSetAside.execute().events) setAside.push(event);
        expect(setAside).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
