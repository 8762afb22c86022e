import { afterAll, beforeAll } from '@jest/globals';
import type { PublishBatchRequestEntry, SNSClient } from '@aws-sdk/client-sns';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { InMemoryCompanyEventPublisher } from '../../src/adapters/in-memory/profiles/in-memory-company-event-publisher.ts';
import { LocalCompanyEventPublisher } from '../../src/adapters/local/local-company-event-publisher.ts';
import { SnsCompanyEventPublisher } from '../../src/adapters/sns/profiles/sns-company-event-publisher.ts';
import { snsClient } from '../../src/adapters/sns/sns-client.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import {
  companyEventPublisherContract,
  type Published,
  type PublisherFixture,
} from './company-event-publisher.contract.ts';

const EPOCH = 1;

let server: FauxqsServer;
let client: SNSClient;
/** What the topic does not accept: it answers 200, and tells these as failed. */
let refused: Set<CompanyId>;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  client = snsClient({ endpoint: `http://127.0.0.1:${server.port}` });
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as { PublishBatchRequestEntries: PublishBatchRequestEntry[] };
      const entries = input.PublishBatchRequestEntries;
      const isRefused = ({ Message }: PublishBatchRequestEntry): boolean =>
        refused.has(publishedIn(Message!).companyId);
      input.PublishBatchRequestEntries = entries.filter((entry) => !isRefused(entry));
      const answer = await next(args);
      const failed = entries
        .filter(isRefused)
        .map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false }));
      Object.assign(answer.output, { Failed: failed });
      return answer;
    },
    { step: 'initialize' },
  );
});

afterAll(async () => {
  client.destroy();
  await server.stop();
});

companyEventPublisherContract('in memory', () => {
  const publisher = new InMemoryCompanyEventPublisher();
  const refusals = new Set<CompanyId>();
  publisher.refuse(({ companyId }) => refusals.has(companyId));
  return {
    publisher,
    published: () =>
      publisher.published.map(({ event, requestId }) => ({
        companyId: event.companyId,
        version: event.version,
        name: 'facts' in event ? event.facts.name : event.documentId,
        ...(requestId !== undefined && { requestId }),
      })),
    refuse: (companyId) => refusals.add(companyId),
  };
});

companyEventPublisherContract('to the topic of this machine', () => {
  const published: Published[] = [];
  const refusals = new Set<CompanyId>();
  const publishAll = async (messages: readonly { readonly message: string }[]): Promise<void> => {
    const batch = messages.map(({ message }) => publishedIn(message));
    if (batch.some(({ companyId }) => refusals.has(companyId))) throw new Error('The disk is full.');
    published.push(...batch);
  };
  return {
    publisher: new LocalCompanyEventPublisher(publishAll, EPOCH, () => {}),
    published: () => published,
    refuse: (companyId) => refusals.add(companyId),
  };
});

companyEventPublisherContract('to SNS', (): PublisherFixture => {
  server.reset();
  refused = new Set();
  const { topicArn } = server.createTopic('company-events');
  server.createQueue('company-events');
  server.subscribe({ topic: 'company-events', queue: 'company-events' });
  return {
    publisher: new SnsCompanyEventPublisher(
      client,
      topicArn,
      EPOCH,
      () => Promise.resolve(),
      () => {},
    ),
    published: () =>
      (server.inspectQueue('company-events')?.messages.ready ?? []).map(({ body }) =>
        publishedIn((JSON.parse(body) as { Message: string }).Message),
      ),
    refuse: (companyId) => refused.add(companyId),
  };
});

function publishedIn(message: string): Published {
  const { requestid, data } = JSON.parse(message) as {
    requestid?: string;
    data: { companyId: CompanyId; version: number; company?: { name: string }; documentId?: string };
  };
  const { companyId, version, company, documentId = '' } = data;
  const name = company?.name ?? documentId;
  return { companyId, version, name, ...(requestid !== undefined && { requestId: requestid }) };
}
