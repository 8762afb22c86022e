import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSEvent } from 'aws-lambda';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { SnsCompanyEventPublisher } from '../../../src/adapters/sns/profiles/sns-company-event-publisher.ts';
import { snsClient } from '../../../src/adapters/sns/sns-client.ts';
import { InMemorySetAsideEvents } from '../../../src/adapters/in-memory/statistics/in-memory-set-aside-events.ts';
import { InMemoryTrackedCompanies } from '../../../src/adapters/in-memory/statistics/in-memory-tracked-companies.ts';
import { readCompanyEvent } from '../../../src/adapters/sns/statistics/read-company-event.ts';
import { FollowCompany } from '../../../src/application/statistics/follow-company.ts';
import { ReceiveCompanyEvent } from '../../../src/application/statistics/receive-company-event.ts';
import { register } from '../../../src/domain/profiles/company.ts';
import { snapshotOf } from '../../../src/domain/profiles/company-event.ts';
import { companyEventsHandler } from '../../../src/entrypoints/lambda/handlers/company-events-handler.ts';
import { InMemoryCountedDocuments } from '../../../src/adapters/in-memory/statistics/in-memory-counted-documents.ts';
import { CountDocument } from '../../../src/application/statistics/count-document.ts';
import { companyIdAt, someFacts } from '../../support/company-mother.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { recordedMetrics } from '../../support/recorded-metrics.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const clock = new ManualClock('2026-01-01T00:00:01.000Z');

const eventOf = (number: number, description = '') => ({
  event: snapshotOf(
    register(
      companyIdAt(number),
      someFacts({ name: `Company ${number}`, ...(description && { description }) }),
      '2026-01-01T00:00:00.000Z',
    ),
  ),
  requestId: `request-${number}`,
});

describe('SnsCompanyEventPublisher over the wire', () => {
  let server: FauxqsServer;
  let client: SNSClient;
  let topicArn: string;
  /** By attempt, how the next PublishBatch is spoilt. */
  let faults: ((entries: { Id: string }[]) => { Id: string }[] | Error)[];
  let batches: { Id: string; Message: string }[][];
  let failures: unknown[];

  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false });
    ({ topicArn } = server.createTopic('company-events'));
    server.createQueue('company-events');
    server.subscribe({ topic: 'company-events', queue: 'company-events' });
    client = snsClient({ endpoint: `http://127.0.0.1:${server.port}` });
    client.middlewareStack.add(
      (next) => async (args) => {
        const input = args.input as { PublishBatchRequestEntries: { Id: string; Message: string }[] };
        batches.push(input.PublishBatchRequestEntries);
        const failed = faults.shift()?.(input.PublishBatchRequestEntries) ?? [];
        if (failed instanceof Error) throw failed;
        const ids = new Set(failed.map(({ Id }) => Id));
        input.PublishBatchRequestEntries = input.PublishBatchRequestEntries.filter(({ Id }) => !ids.has(Id));
        const answer = await next(args);
        const output = answer.output as { Failed?: object[] };
        output.Failed = [...ids].map((Id) => ({ Id, Code: 'InternalError', SenderFault: false }));
        return answer;
      },
      { step: 'initialize' },
    );
  });
  afterAll(async () => {
    client.destroy();
    await server.stop();
  });
  beforeEach(() => {
    server.reset();
    [faults, batches, failures] = [[], [], []];
  });

  const publisher = (): SnsCompanyEventPublisher =>
    new SnsCompanyEventPublisher(
      client,
      topicArn,
      1,
      () => Promise.resolve(),
      (reason) => failures.push(String(reason)),
    );
  const delivered = (): { messageId: string; body: string }[] =>
    (server.inspectQueue('company-events')?.messages.ready ?? []).map(({ messageId, body }) => ({
      messageId,
      body,
    }));
  const companiesDelivered = (): string[] =>
    delivered().map(({ body }) => {
      const envelope = JSON.parse(body) as { Message: string };
      return (JSON.parse(envelope.Message) as { subject: string }).subject;
    });

  it('publishes every event once, ten at a time, with type and companyId as attributes', async () => {
    const events = Array.from({ length: 23 }, (_, index) => eventOf(index));
    const failed = await publisher().publish(events);
    expect({ failed, failures }).toEqual({ failed: [], failures: [] });
    expect(companiesDelivered().sort()).toEqual(events.map(({ event }) => event.companyId).sort());
    expect(batches.map((batch) => batch.length)).toEqual([10, 10, 3]);
    const [first] = delivered();
    const envelope = JSON.parse(first!.body) as { MessageAttributes: unknown };
    expect(envelope.MessageAttributes).toMatchObject({
      type: { Value: 'company.snapshot.v1' },
      companyId: { Value: expect.any(String) as unknown },
    });
  });

  it('keeps a batch below 256 KiB', async () => {
    const events = Array.from({ length: 60 }, (_, index) => {
      const { event, requestId } = eventOf(index);
      // Larger than any profile: the bound must hold by itself.
      return {
        event: { ...event, facts: { ...event.facts, description: '漢'.repeat(30_000) } },
        requestId,
      };
    });
    expect(await publisher().publish(events)).toEqual([]);
    for (const batch of batches) {
      expect(batch.reduce((sum, { Message }) => sum + Buffer.byteLength(Message), 0)).toBeLessThanOrEqual(
        256 * 1024,
      );
    }
    expect(batches.flat()).toHaveLength(60);
  });

  it('sends again, in the same call, what a batch did not take on a 200', async () => {
    faults = [(entries) => entries.filter(({ Id }) => Id === '2' || Id === '5')];
    expect(await publisher().publish(Array.from({ length: 8 }, (_, index) => eventOf(index)))).toEqual([]);
    expect(batches.map((batch) => batch.map(({ Id }) => Id))).toEqual([
      ['0', '1', '2', '3', '4', '5', '6', '7'],
      ['2', '5'],
    ]);
    expect(companiesDelivered()).toHaveLength(8);
  });

  it('answers with the indexes of what still fails, ascending', async () => {
    const stubborn = (entries: { Id: string }[]): { Id: string }[] =>
      entries.filter(({ Id }) => Id === '7' || Id === '3');
    faults = [stubborn, stubborn, stubborn];
    expect(await publisher().publish(Array.from({ length: 8 }, (_, index) => eventOf(index)))).toEqual([
      3, 7,
    ]);
    expect(companiesDelivered()).toHaveLength(6);
  });

  it('counts a whole batch as failed when the call fails, and tells why', async () => {
    const broken = (): Error => new Error('the network is gone');
    faults = [broken, broken, broken];
    expect(await publisher().publish([eventOf(0), eventOf(1)])).toEqual([0, 1]);
    expect(failures).toHaveLength(3);
  });

  it('publishes nothing for nothing', async () => {
    expect(await publisher().publish([])).toEqual([]);
    expect(batches).toEqual([]);
  });

  it("what the topic put into its queue is what the statistics service's handler follows", async () => {
    await publisher().publish([eventOf(1), eventOf(2)]);
    const tracked = new InMemoryTrackedCompanies();
    const receive = new ReceiveCompanyEvent(
      new FollowCompany(tracked, clock),
      new CountDocument(new InMemoryCountedDocuments(), clock, async () => {}),
      new InMemorySetAsideEvents(),
      readCompanyEvent,
      clock,
    );
    const event = {
      Records: delivered().map(({ messageId, body }) => ({
        messageId,
        body,
        attributes: { SentTimestamp: String(Date.parse(clock.now())) },
      })),
    } as SQSEvent;
    expect(await companyEventsHandler(receive, silent, recordedMetrics())(event)).toEqual({
      batchItemFailures: [],
    });
    expect(await tracked.find(companyIdAt(1), 'strong')).toMatchObject({
      facts: { companyName: 'Company 1' },
      requestId: 'request-1',
      lagMs: 1000,
    });
  });
});
