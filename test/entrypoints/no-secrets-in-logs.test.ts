import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DynamoDBRecord, S3Event, SQSEvent } from 'aws-lambda';
import { createAuthorizer, Unauthorized } from '../../src/adapters/access/authorizer.ts';
import { TokenVerifier } from '../../src/adapters/access/token-verifier.ts';
import { documentClient } from '../../src/adapters/dynamodb/document-client.ts';
import { publishThroughDoor } from '../../src/adapters/local/private-door.ts';
import { readRuntime } from '../../src/adapters/local/runtime-file.ts';
import { companyEventMessage } from '../../src/adapters/messaging/company-event-message.ts';
import { jsonLog, type Log } from '../../src/adapters/system/json-log.ts';
import { snapshotOf } from '../../src/domain/profiles/company-event.ts';
import { composeRegistry } from '../../src/entrypoints/composition/compose.ts';
import { readConfig } from '../../src/entrypoints/composition/config.ts';
import {
  profilesOnDynamoDb,
  statisticsOnDynamoDb,
} from '../../src/entrypoints/composition/dynamodb-adapters.ts';
import { profilesInvocations, statisticsInvocations } from '../../src/entrypoints/composition/invocations.ts';
import { companyEventsHandler } from '../../src/entrypoints/lambda/handlers/company-events-handler.ts';
import { documentObjectsHandler } from '../../src/entrypoints/lambda/handlers/document-objects-handler.ts';
import { profileChangesHandler } from '../../src/entrypoints/lambda/handlers/profile-changes-handler.ts';
import { statisticsChangesHandler } from '../../src/entrypoints/lambda/handlers/statistics-changes-handler.ts';
import { reticent } from '../../src/entrypoints/lambda/handlers/reticent.ts';
import { startLocalSystem, type LocalSystem } from '../../src/entrypoints/local/local-system.ts';
import { aCompany, companyIdAt } from '../support/company-mother.ts';
import { ObjectStoreInMemory } from '../support/object-store-in-memory.ts';
import { recordedMetrics } from '../support/recorded-metrics.ts';

const CANARY = 'canary-5e1f';

/** All that is logged, from the least level on, as it leaves the process. */
class LogText extends Writable {
  text = '';
  readonly log: Log = jsonLog(this);

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
    this.emit('said');
  }

  get lines(): readonly Readonly<Record<string, unknown>>[] {
    return this.text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Waits for so many lines with a message; the test's own time limit ends what never comes. */
  async said(message: string, times = 1): Promise<void> {
    while (this.lines.filter((line) => line['message'] === message).length < times) await once(this, 'said');
  }

  messages(): string[] {
    return [...new Set(this.lines.map(({ message }) => String(message)))].sort();
  }
}

let said: LogText;
beforeEach(() => {
  said = new LogText();
});

describe('what a caller sends to a running system is in no log', () => {
  let folder: string;
  let system: LocalSystem;
  let url: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'logs-'));
    system = await startLocalSystem(readConfig({ PORT: '0', REGISTRY_DATA: folder }), true, said.log);
    url = system.url;
  });
  afterEach(async () => {
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  });

  interface Sent {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: object | string;
  }
  /** Every request bears the canary where tokens are. */
  async function send(line: string, { headers = {}, body }: Sent = {}) {
    const [method = '', path = ''] = line.split(' ');
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${CANARY}`,
        cookie: `session=${CANARY}`,
        'content-type': 'application/json',
        'x-request-id': `not fit for a log ${CANARY}`,
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answered = await response.text();
    return {
      status: response.status,
      body: (answered.startsWith('{') ? JSON.parse(answered) : {}) as unknown,
    };
  }
  const statuses = async (...requests: readonly [string, Sent?][]): Promise<number[]> => {
    const all: number[] = [];
    for (const [line, sent] of requests) all.push((await send(line, sent)).status);
    return all;
  };

  it('by HTTP, a link, a topic or an uploaded file', async () => {
    const company = { name: CANARY, countryCode: 'GB', description: CANARY, tags: [CANARY] };
    const registered = await send('POST /v1/companies', { body: company });
    const { companyId } = registered.body as { companyId: string };
    const one = `/v1/companies/${companyId}`;
    expect(
      await statuses(
        ['POST /v1/companies', { body: company, headers: { 'idempotency-key': CANARY } }],
        ['POST /v1/companies', { body: `{"name": "${CANARY}` }],
        ['POST /v1/companies', { body: { ...company, [CANARY]: CANARY } }],
        ['POST /v1/companies', { body: { name: 'A', countryCode: CANARY } }],
        ['POST /v1/companies', { body: CANARY, headers: { 'content-type': `text/${CANARY}` } }],
        [`GET /v1/companies?name=${CANARY}&cursor=${CANARY}`],
        [`GET /v1/companies?name=%${CANARY}`],
        [`GET /v1/companies/${CANARY}?token=${CANARY}`],
        [`GET /v1/identifiers/${CANARY}/${CANARY}`],
        [`PATCH ${one}`, { body: { name: CANARY }, headers: { 'if-match': `"${CANARY}"` } }],
        [`PATCH ${one}`, { body: { name: `Another ${CANARY}` }, headers: { 'if-match': '"1"' } }],
        [`DELETE /${CANARY}?token=${CANARY}`],
        [`GET /v1/statistics/companies/${companyId}/series/${CANARY}?unit=${CANARY}`],
        [`GET /v1/direct/statistics/companies/${CANARY}?token=${CANARY}`],
      ),
    ).toEqual([201, 400, 400, 400, 415, 400, 400, 400, 404, 400, 200, 404, 200, 400]);
    await malformedRequest();

    const file = { fileName: `${CANARY}.pdf`, contentType: 'application/pdf', size: 5 };
    const slot = (await send(`POST ${one}/documents`, { body: file })).body as {
      documentId: string;
      upload: { url: string; headers: Record<string, string> };
    };
    const { pathname, search } = new URL(slot.upload.url);
    expect(
      await statuses(
        [`PUT ${pathname}?${CANARY}${search.slice(1)}`, { body: CANARY }],
        [`PUT ${pathname}${search}`, { body: CANARY, headers: slot.upload.headers }],
        [`PUT ${pathname}${search}`, { body: '%PDF-', headers: slot.upload.headers }],
      ),
    ).toEqual([403, 413, 200]);
    await said.said('object');
    const rows = `name,countryCode\n${CANARY},GB\n${CANARY},${CANARY}\n"${CANARY}`;
    const imported = (
      await send('POST /v1/imports', {
        body: { fileName: CANARY, contentType: 'text/csv', size: rows.length, map: 'companies' },
      })
    ).body as { upload: { url: string; headers: Record<string, string> } };
    const link = new URL(imported.upload.url);
    const upload = { body: rows, headers: imported.upload.headers };
    expect(await statuses([`PUT ${link.pathname}${link.search}`, upload])).toEqual([200]);

    const { token } = (await readRuntime(folder))!;
    const publish = publishThroughDoor(url, token);
    const sendTo = (topic: string, ...messages: string[]) =>
      publish(
        topic,
        messages.map((message) => ({ message, attributes: {} })),
      );
    const event = companyEventMessage(snapshotOf(aCompany()), 1, `not fit for a log ${CANARY}`);
    await sendTo('company-events', CANARY, JSON.stringify({ ...event, type: CANARY }));
    const observation = { metric: 'price', unit: CANARY, observedAt: '2026', value: '1', source: CANARY };
    await sendTo(
      'company-observations',
      `{"${CANARY}": 1, "${CANARY}": 2}`,
      JSON.stringify({ companyId: CANARY, observations: [] }),
      JSON.stringify({ companyId, observations: [observation, { ...observation, value: CANARY }] }),
      JSON.stringify({ identifier: { scheme: CANARY, value: CANARY }, observations: [observation] }),
    );
    await said.said('a message was set aside', 5);
    await said.said('an import came to nothing');

    expect(said.messages()).toEqual(
      expect.arrayContaining(['a message was set aside', 'an import came to nothing', 'object', 'request']),
    );
    expect(said.text).not.toContain(CANARY);
  });

  /** What is no HTTP never reaches a handler. */
  async function malformedRequest(): Promise<void> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.end(`GET /${CANARY} ${CANARY}\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400/);
  }
});

describe('what others say when they fail is in no log', () => {
  let engine: Server;
  let answer: { readonly status: number; readonly body: string };
  let client: ReturnType<typeof documentClient>;
  beforeEach(async () => {
    engine = createServer((request, response) => {
      request.resume();
      request.on('end', () =>
        response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body),
      );
    });
    engine.listen(0, '127.0.0.1');
    await once(engine, 'listening');
    client = documentClient({ endpoint: `http://127.0.0.1:${(engine.address() as AddressInfo).port}` });
  });
  afterEach(async () => {
    client.destroy();
    engine.close();
    await once(engine, 'close');
  });

  const companyId = companyIdAt(1);
  const change: DynamoDBRecord = {
    dynamodb: {
      Keys: { pk: { S: `COMPANY#${companyId}` }, sk: { S: `PROFILE#${CANARY}` } },
      NewImage: { pk: { S: CANARY }, sk: { S: CANARY }, requestId: { S: 'r' } },
      SequenceNumber: '1',
    },
  };

  it.each([
    [
      'refuses with a message',
      400,
      { __type: 'x#ValidationException', message: `${CANARY}\n    at ${CANARY}` },
    ],
    [
      'refuses with what it found',
      400,
      { __type: 'x#TransactionCanceledException', message: CANARY, Item: {} },
    ],
    ['answers with what is no JSON', 200, CANARY],
  ])('an engine that %s', async (_how, status, body) => {
    answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
    const { profiles, statistics } = composeRegistry({
      profiles: profilesOnDynamoDb(client, 'profiles'),
      statistics: statisticsOnDynamoDb(client, 'statistics'),
      publisher: { publish: async () => [] },
      epoch: 1,
    });
    const invoke: ((event: never) => Promise<{ error?: { status: number } }>)[] = [
      profilesInvocations(profiles, 'secret', said.log),
      statisticsInvocations(statistics, 'secret', said.log),
    ];
    for (const handler of invoke) {
      const { error } = await handler({ operation: 'get', input: { companyId } } as never);
      expect(error?.status).toBe(500);
    }
    const record = { messageId: 'm', body: CANARY, attributes: { SentTimestamp: '0' } };
    const queued = { Records: [record] } as unknown as SQSEvent;
    const metrics = recordedMetrics();
    const failed = { batchItemFailures: [{ itemIdentifier: 'm' }] };
    expect(await companyEventsHandler(statistics.receiveCompanyEvent, said.log, metrics)(queued)).toEqual(
      failed,
    );
    const batch = { Records: [change] };
    await profileChangesHandler(profiles.publishCompanyChanges, said.log)(batch);
    await statisticsChangesHandler(statistics.projectStatistics, said.log)(batch);

    expect(said.messages()).toEqual([
      'a message failed and comes again',
      'a record of the profiles stream cannot be read',
      'a record of the statistics stream cannot be read',
      'company changes published',
      'invocation',
      'invocation failed',
      'statistics projected',
    ]);
    expect(said.text).not.toContain(CANARY);
  });

  it('an object store, nor the names of its objects', async () => {
    const objects = new ObjectStoreInMemory();
    const follow = {
      execute: async () => {
        throw Object.assign(new Error(CANARY), { name: 'NoSuchBucket', code: `${CANARY} ${CANARY}` });
      },
      setAside: async () => ({ outcome: 'set-aside', reason: CANARY }) as const,
    };
    objects.put(CANARY);
    const handler = documentObjectsHandler(follow, said.log, recordedMetrics());
    const recordOf = (key: string) => ({ eventTime: CANARY, s3: { object: { key, sequencer: CANARY } } });
    const event = { Records: [recordOf(`documents/${companyId}/${CANARY}`)] } as unknown as S3Event;
    await expect(handler(event)).rejects.toThrow();
    const bodies = [JSON.stringify({ Records: [recordOf(`%E0${CANARY}`), { [CANARY]: 1 }] }), `{${CANARY}`];
    const records = bodies.map((body, index) => ({ messageId: `m${index}`, body }));
    await handler({ Records: records } as unknown as SQSEvent);
    expect(said.messages()).toEqual([
      'a notification of an object failed and comes again',
      'a notification of no object',
      'an object was set aside',
    ]);
    expect(said.text).not.toContain(CANARY);
  });

  it('an issuer of tokens, nor the tokens', async () => {
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: CANARY })).toString('base64url');
    const token = `${header}.${Buffer.from('{}').toString('base64url')}.${CANARY}`;
    const rules = { issuer: 'https://issuer.example/', audiences: ['a'], scopePrefix: '' };
    const findKey = async (): Promise<never> => {
      throw new Error(`the issuer said ${CANARY}`);
    };
    const authorize = createAuthorizer('profiles', new TokenVerifier(rules, findKey, () => 0), said.log);
    for (const sent of [token, CANARY])
      await expect(
        authorize({ authorizationToken: `Bearer ${sent}`, methodArn: 'arn/stage/GET/x' }),
      ).rejects.toThrow();
    expect(said.messages()).toEqual(['a token could not be verified', 'token refused']);
    expect(said.text).not.toContain(CANARY);
  });

  it('what a Lambda throws, which its runtime logs as a whole', async () => {
    const failure = Object.assign(new TypeError(CANARY, { cause: CANARY }), { Item: CANARY });
    const handler = reticent(async (_event: object) => Promise.reject(failure), said.log);
    const thrown = await handler({}).catch((error: unknown) => error);
    expect(inspect(thrown, { depth: 9, showHidden: true })).not.toContain(CANARY);
    expect(thrown).toMatchObject({ name: 'TypeError', message: 'TypeError' });
    expect(said.messages()).toEqual(['an invocation failed']);
    expect(said.text).not.toContain(CANARY);
  });

  it('but for the refusal of an authorizer, which API Gateway knows by its message', async () => {
    const refusal = new Unauthorized('The token has expired.');
    await expect(reticent(async () => Promise.reject(refusal), said.log)()).rejects.toBe(refusal);
  });
});
