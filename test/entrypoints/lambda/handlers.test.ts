import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DynamoDBRecord, SNSEvent, SQSEvent } from 'aws-lambda';
import { anything, instance, mock, when } from 'ts-mockito';
import { recordOfCompanyChange } from '../../../src/adapters/dynamodb/profiles/company-change-record.ts';
import { InMemoryCompanyEventPublisher } from '../../../src/adapters/in-memory/profiles/in-memory-company-event-publisher.ts';
import { InMemoryRevisionLog } from '../../../src/adapters/in-memory/profiles/in-memory-revision-log.ts';
import { InMemorySetAsideEvents } from '../../../src/adapters/in-memory/statistics/in-memory-set-aside-events.ts';
import { InMemoryTrackedCompanies } from '../../../src/adapters/in-memory/statistics/in-memory-tracked-companies.ts';
import { companyEventMessage } from '../../../src/adapters/messaging/company-event-message.ts';
import { readCompanyEvent } from '../../../src/adapters/sns/statistics/read-company-event.ts';
import { PublishCompanyChanges } from '../../../src/application/profiles/publish-company-changes.ts';
import { RecordRevisions } from '../../../src/application/profiles/record-revisions.ts';
import { FollowCompany } from '../../../src/application/statistics/follow-company.ts';
import { ReceiveCompanyEvent } from '../../../src/application/statistics/receive-company-event.ts';
import { register, rename, type Company } from '../../../src/domain/profiles/company.ts';
import { eventOf, snapshotOf } from '../../../src/domain/profiles/company-event.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import type { TrackedCompany } from '../../../src/domain/statistics/tracked-company.ts';
import type { SetAsideEvent } from '../../../src/domain/statistics/set-aside-event.ts';
import { companyEventsHandler } from '../../../src/entrypoints/lambda/handlers/company-events-handler.ts';
import { profileChangesHandler } from '../../../src/entrypoints/lambda/handlers/profile-changes-handler.ts';
import { profileRevisionsHandler } from '../../../src/entrypoints/lambda/handlers/profile-revisions-handler.ts';
import { InMemoryCountedDocuments } from '../../../src/adapters/in-memory/statistics/in-memory-counted-documents.ts';
import { CountDocument } from '../../../src/application/statistics/count-document.ts';
import { companyIdAt, someFacts } from '../../support/company-mother.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { recordedMetrics, type RecordedMetrics } from '../../support/recorded-metrics.ts';

const AT = '2026-01-01T00:00:00.000Z';
const companyAt = (number: number): Company => register(companyIdAt(number), someFacts(), AT);

/** What was logged, by level. */
const logged: { level: string; message: string; fields: Record<string, unknown> }[] = [];
const logAt =
  (level: string) =>
  (message: string, fields: Record<string, unknown> = {}): void =>
    void logged.push({ level, message, fields });
const log = { info: logAt('info'), warn: logAt('warn'), error: logAt('error') };
let metrics: RecordedMetrics;
beforeEach(() => {
  logged.splice(0);
  metrics = recordedMetrics();
});

describe('the handlers of the profiles stream', () => {
  const recordAt = (sequence: number, before: Company | undefined, after: Company): DynamoDBRecord =>
    recordOfCompanyChange({
      ...(before && { before }),
      after,
      requestId: `request-${sequence}`,
      sequenceNumber: String(sequence),
    });
  const one = companyAt(1);
  const renamed = rename(one, 'Another name', AT);
  const records = [
    recordAt(11, undefined, one),
    recordAt(12, one, renamed),
    recordAt(13, undefined, companyAt(2)),
  ];
  const unreadable: DynamoDBRecord = { dynamodb: { NewImage: { pk: { S: 'x' } }, SequenceNumber: '14' } };

  it('publish what the records mean, with the requests that caused it', async () => {
    const publisher = new InMemoryCompanyEventPublisher();
    const handler = profileChangesHandler(new PublishCompanyChanges(publisher), log);
    expect(await handler({ Records: records })).toEqual({ batchItemFailures: [] });
    expect(
      publisher.published.map(({ event, requestId }) => [event.kind, event.companyId, requestId]),
    ).toEqual([
      ['registered', one.companyId, 'request-11'],
      ['renamed', one.companyId, 'request-12'],
      ['registered', companyIdAt(2), 'request-13'],
    ]);
  });

  it('report the lowest record that was not published, and say so', async () => {
    const publisher = new InMemoryCompanyEventPublisher();
    publisher.refuse(({ kind }) => kind === 'renamed');
    const handler = profileChangesHandler(new PublishCompanyChanges(publisher), log);
    expect(await handler({ Records: records })).toEqual({ batchItemFailures: [{ itemIdentifier: '12' }] });
    expect(logged).toMatchObject([
      { level: 'info', fields: { changes: 2, requestIds: ['request-11', 'request-13'] } },
      { level: 'warn', fields: { requestIds: ['request-12'] } },
    ]);
  });

  it('publish nothing for a write that changed nothing', async () => {
    const publisher = new InMemoryCompanyEventPublisher();
    const handler = profileChangesHandler(new PublishCompanyChanges(publisher), log);
    expect(await handler({ Records: [recordAt(12, one, one)] })).toEqual({ batchItemFailures: [] });
    expect(publisher.published).toEqual([]);
  });

  it.each([
    [
      'publisher',
      () => profileChangesHandler(new PublishCompanyChanges(new InMemoryCompanyEventPublisher()), log),
    ],
    ['historian', () => profileRevisionsHandler(new RecordRevisions(new InMemoryRevisionLog()), log)],
  ])('let through what stands before a record that cannot be read: %s', async (_who, handler) => {
    expect(await handler()({ Records: [...records, unreadable] })).toEqual({
      batchItemFailures: [{ itemIdentifier: '14' }],
    });
    expect(logged.map(({ level }) => level)).toContain('error');
  });

  it('record a revision for each version', async () => {
    const revisions = new InMemoryRevisionLog();
    await profileRevisionsHandler(new RecordRevisions(revisions), log)({ Records: records });
    expect(await revisions.find(one.companyId, 2)).toMatchObject({
      changed: ['name'],
      previous: { name: one.name },
      requestId: 'request-12',
    });
    expect(await revisions.versions(one.companyId)).toEqual([1, 2]);
  });
});

describe('the handler of company events', () => {
  const clock = new ManualClock('2026-01-01T00:00:01.000Z');
  const payloadOf = (company: Company): string =>
    JSON.stringify(companyEventMessage(snapshotOf(company), 1, 'request-1'));
  const queued = (...bodies: string[]): SQSEvent =>
    ({
      Records: bodies.map((body, index) => ({
        messageId: `m${index}`,
        body,
        attributes: { SentTimestamp: String(Date.parse(AT)) },
      })),
    }) as SQSEvent;
  const notified = (...messages: string[]): SNSEvent =>
    ({
      Records: messages.map((Message, index) => ({
        Sns: { MessageId: `m${index}`, Message, Timestamp: AT },
      })),
    }) as SNSEvent;
  const envelopeOf = (message: string): string => JSON.stringify({ Type: 'Notification', Message: message });

  let tracked: InMemoryTrackedCompanies;
  let setAside: InMemorySetAsideEvents;
  const handlerOver = (companies: InMemoryTrackedCompanies): ReturnType<typeof companyEventsHandler> =>
    companyEventsHandler(
      new ReceiveCompanyEvent(
        new FollowCompany(companies, clock),
        new CountDocument(new InMemoryCountedDocuments(), clock, async () => {}),
        setAside,
        readCompanyEvent,
        clock,
      ),
      log,
      metrics,
    );
  const keptAside = async (): Promise<SetAsideEvent[]> => {
    const kept = [];
    for await (const event of setAside.list(AT, clock.now())) kept.push(event);
    return kept;
  };
  beforeEach(() => {
    tracked = new InMemoryTrackedCompanies();
    setAside = new InMemorySetAsideEvents();
  });

  it.each([
    ['a queue behind the topic', () => queued(envelopeOf(payloadOf(companyAt(1))))],
    ['a queue with raw messages', () => queued(payloadOf(companyAt(1)))],
    ['the topic itself', () => notified(payloadOf(companyAt(1)))],
  ])('follows what comes from %s, and logs the request that caused it', async (_where, event) => {
    expect(await handlerOver(tracked)(event())).toEqual({ batchItemFailures: [] });
    expect(await tracked.find(companyIdAt(1), 'strong')).toMatchObject({
      lagMs: 1000,
      requestId: 'request-1',
    });
    expect(logged).toMatchObject([
      { level: 'info', fields: { outcome: 'followed', requestId: 'request-1' } },
    ]);
  });

  it('sets aside, with its payload and the reason, what it cannot understand, and follows the rest', async () => {
    const event = queued('not JSON', payloadOf(companyAt(1)));
    expect(await handlerOver(tracked)(event)).toEqual({ batchItemFailures: [] });
    expect(await keptAside()).toMatchObject([{ payload: 'not JSON', reason: 'the message is not JSON' }]);
    expect(await tracked.find(companyIdAt(1), 'strong')).toBeDefined();
    expect(logged).toMatchObject(expect.arrayContaining([expect.objectContaining({ level: 'error' })]));
  });

  it('sets a fork aside, alarms, and keeps what it knew', async () => {
    const one = companyAt(1);
    await handlerOver(tracked)(queued(payloadOf(one)));
    await handlerOver(tracked)(queued(payloadOf({ ...one, name: 'A fork' })));
    expect(await tracked.find(one.companyId, 'strong')).toMatchObject({ facts: { companyName: one.name } });
    expect(await keptAside()).toMatchObject([{ reason: expect.stringContaining('fork') as unknown }]);
    expect(logged.at(-1)).toMatchObject({ level: 'error', fields: { alarm: 'fork' } });
  });

  it('tells of a batch what it came to, and of renames alone how long they took', async () => {
    const one = companyAt(1);
    const renamed = rename(one, 'Another name', '2026-01-01T00:00:00.400Z');
    const renaming = JSON.stringify(companyEventMessage(eventOf(one, renamed)!, 1));
    const fork = payloadOf({ ...renamed, name: 'A fork' });
    for (const batch of [[payloadOf(one)], [renaming], [renaming, payloadOf(one), fork, 'not JSON']])
      await handlerOver(tracked)(queued(...batch));
    expect(metrics.figures).toEqual({
      RenamePropagation: [600],
      Duplicate: [1],
      Stale: [1],
      Fork: [1],
      SetAside: [2],
    });
  });

  describe('when the table does not answer for one company', () => {
    // A fake has no way to be out of reach for one company alone.
    const failing = (): InMemoryTrackedCompanies => {
      const companies = mock(InMemoryTrackedCompanies);
      when(companies.follow(anything() as TrackedCompany)).thenCall(async (company: TrackedCompany) => {
        if (company.companyId === companyIdAt(2)) throw new Unavailable('The table does not answer.');
        return undefined;
      });
      return instance(companies);
    };

    it('reports that message alone to the queue, and sets nothing aside', async () => {
      const event = queued(payloadOf(companyAt(1)), payloadOf(companyAt(2)), payloadOf(companyAt(3)));
      expect(await handlerOver(failing())(event)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
      expect(await keptAside()).toEqual([]);
      expect(logged.filter(({ level }) => level === 'warn')).toMatchObject([
        { fields: { messageId: 'm1', requestId: 'request-1' } },
      ]);
    });

    it('fails as a whole where the topic delivers directly, so that it comes again', async () => {
      await expect(handlerOver(failing())(notified(payloadOf(companyAt(2))))).rejects.toThrow(Unavailable);
    });
  });
});
