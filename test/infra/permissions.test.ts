import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import type { Entrypoint } from '../../infra/bundles/entrypoints.ts';
import { TABLE_ACCESS } from '../../infra/permissions.ts';
import { recordOfCompanyChange } from '../../src/adapters/dynamodb/profiles/company-change-record.ts';
import { recordOfStatisticsChange } from '../../src/adapters/dynamodb/statistics/touched-record.ts';
import { eventMessage } from '../../src/adapters/messaging/event-message.ts';
import { TimerPause } from '../../src/adapters/system/timer-pause.ts';
import { register, type Company } from '../../src/domain/profiles/company.ts';
import { snapshotOf } from '../../src/domain/profiles/company-event.ts';
import { documentEventOf } from '../../src/domain/profiles/document-event.ts';
import { companyIdOf } from '../../src/domain/shared/company-id.ts';
import { cikOf, companyIdAt, someFacts, tickerOf } from '../support/company-mother.ts';
import { aStoredDocument, PDF } from '../support/document-mother.ts';
import { startDynamoDb, type TestDynamoDb } from '../support/dynoxide.ts';
import { PermissionCheckingEngine } from '../support/permission-checking-engine.ts';
import { apiGatewayEvent, queued, s3Event, sqsEvent, streamEvent } from '../support/recorded-events.ts';

const BUCKET = 'company-documents';
const NOTHING_FAILED = { batchItemFailures: [] };

/** What is allowed, and done only where things come in an order that is not played here. */
const RARE: Partial<Record<Entrypoint, readonly string[]>> = {
  // A company comes to bear an identifier while an observation that waits for it is kept: the last one is unlisted.
  'company-observations': ['GetItem'],
  // What waited for an identifier cannot be recorded, and is set aside.
  'statistics-changes': ['UpdateItem'],
  // An event of a company is redriven, and succeeds now.
  'statistics-direct': ['UpdateItem'],
};

let dynamoDb: TestDynamoDb;
let aws: FauxqsServer;
let engine: PermissionCheckingEngine;
const environment = { ...process.env };

beforeAll(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  // What it waits for on AWS, an index that lags, is not here.
  jest.spyOn(TimerPause.prototype, 'forMs').mockResolvedValue();
  [dynamoDb, aws] = await Promise.all([startDynamoDb(), startFauxqs({ port: 0, logger: false })]);
  engine = await PermissionCheckingEngine.inFrontOf(dynamoDb.endpoint);
  aws.createBucket(BUCKET);
  aws.createTopic('company-events');
  aws.createQueue('imports');
  const { profiles, statistics } = await dynamoDb.createTables();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${aws.port}`,
    PROFILES_TABLE: profiles,
    STATISTICS_TABLE: statistics,
    COMPANY_EVENTS_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:company-events',
    DOCUMENTS_BUCKET: BUCKET,
    IMPORTS_QUEUE_URL: `http://127.0.0.1:${aws.port}/000000000000/imports`,
    STATISTICS_FUNCTION: 'statistics',
    CURSOR_SECRET: 'a secret of this test',
    LOG_LEVEL: 'error',
  });
});
afterAll(async () => {
  process.env = environment;
  jest.restoreAllMocks();
  await engine.stop();
  await Promise.all([dynamoDb.stop(), aws.stop()]);
});

type Handler = (event: unknown, context?: unknown) => Promise<unknown>;
const handlers = new Map<Entrypoint, Handler>();

/** As Lambda would, in an environment that names its own way to the table. */
async function invoke(entrypoint: Entrypoint, event: unknown): Promise<unknown> {
  let handler = handlers.get(entrypoint);
  if (handler === undefined) {
    process.env['DYNAMODB_ENDPOINT'] = engine.endpointOf(entrypoint);
    ({ handler } = (await import(`../../src/entrypoints/lambda/${entrypoint}.ts`)) as { handler: Handler });
    handlers.set(entrypoint, handler);
  }
  return handler(event, { getRemainingTimeInMillis: () => 600_000 });
}

interface Request {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** @throws where the answer is none of a success: what is not allowed is a 500 */
async function send(
  entrypoint: Entrypoint,
  route: string,
  { path, query, headers, body }: Request = {},
): Promise<Readonly<Record<string, unknown>>> {
  const [method = '', resource = ''] = route.split(' ');
  const event = apiGatewayEvent(method, resource, path, body);
  const result = (await invoke(entrypoint, {
    ...event,
    headers: { ...event.headers, ...headers },
    queryStringParameters: query ?? null,
  })) as APIGatewayProxyResult;
  if (result.statusCode >= 400) throw new Error(`${route}: ${result.statusCode} ${result.body}`);
  return JSON.parse(result.body || 'null') as Record<string, unknown>;
}

async function operate(entrypoint: Entrypoint, operation: string, input: object): Promise<object> {
  const answer = (await invoke(entrypoint, { operation, input })) as { result?: object; error?: object };
  if (answer.result === undefined) throw new Error(`${operation}: ${JSON.stringify(answer.error)}`);
  return answer.result;
}

function told(company: Company): object {
  return sqsEvent(JSON.stringify(eventMessage(snapshotOf(company), 1, 'request-1')));
}

const PRICE = { metric: 'price', unit: 'USD', source: 'nasdaq' };
const observed = (observedAt: string, value: string, reportedAt?: string): object => ({
  ...PRICE,
  observedAt,
  value,
  ...(reportedAt !== undefined && { reportedAt }),
});

/** A figure, another one, and the first one again: what was reported before is no more. */
const REPORTS = [
  [observed('2026-05-28', '13', '2026-06-01')],
  [observed('2026-05-28', '14', '2026-06-02')],
  [observed('2026-05-28', '13', '2026-06-03')],
];

describe('what a Lambda may do to its table is what it does', () => {
  const IDENTIFIERS = [cikOf(7), tickerOf('EXM')];
  const NEW = { name: 'Example Ltd', countryCode: 'GB', identifiers: IDENTIFIERS };

  it('profiles-api', async () => {
    const { companyId } = (await send('profiles-api', 'POST /v1/companies', { body: NEW })) as {
      companyId: string;
    };
    const ofCompany = { path: { companyId } };
    const one = '/v1/companies/{companyId}';
    await send('profiles-api', `GET ${one}`, ofCompany);
    for (const { scheme, value } of IDENTIFIERS) {
      await send('profiles-api', 'GET /v1/identifiers/{scheme}/{value}', { path: { scheme, value } });
    }
    await send('profiles-api', `PUT ${one}`, {
      ...ofCompany,
      headers: { 'If-Match': '"1"' },
      body: { name: 'Example GmbH', countryCode: 'DE' },
    });
    for (const query of [{}, { name: 'exa' }, { country: 'DE' }, { industry: 'sic:1' }]) {
      await send('profiles-api', 'GET /v1/companies', { query });
    }
    await send('profiles-api', `GET ${one}/revisions`, ofCompany);
    await send('profiles-api', `DELETE ${one}`, { ...ofCompany, headers: { 'If-Match': '"2"' } });
    expect(engine.unusedBy('profiles-api')).toEqual([]);
  });

  it('profiles-direct', async () => {
    const { companyId } = (await operate('profiles-direct', 'register', { company: NEW })) as {
      companyId: string;
    };
    for (const { scheme, value } of IDENTIFIERS) {
      await operate('profiles-direct', 'lookUpIdentifier', { scheme, value });
    }
    await operate('profiles-direct', 'get', { companyId });
    await operate('profiles-direct', 'change', { companyId, version: 1, changes: { identifiers: [] } });
    for (const query of [{ name: 'exa' }, { country: 'GB' }, { industry: 'sic:1' }]) {
      await operate('profiles-direct', 'list', query);
    }
    await operate('profiles-direct', 'publishSnapshots', {});
    expect(engine.unusedBy('profiles-direct')).toEqual([]);
  });

  it('profile-revisions and profile-changes', async () => {
    const company = register(companyIdAt(1), someFacts(), '2026-05-28T09:12:33.123Z');
    const event = streamEvent(
      recordOfCompanyChange({ after: company, requestId: 'request-1', sequenceNumber: '100' }),
    );
    expect(await invoke('profile-revisions', event)).toEqual(NOTHING_FAILED);
    expect(await invoke('profile-changes', event)).toEqual(NOTHING_FAILED);
    expect(engine.unusedBy('profile-revisions')).toEqual([]);
  });

  it('documents-api, document-objects and imports', async () => {
    const { companyId } = (await send('profiles-api', 'POST /v1/companies', {
      body: { name: 'Documented Ltd', countryCode: 'GB' },
    })) as { companyId: string };
    const documents = '/v1/companies/{companyId}/documents';
    const asked = await send('documents-api', `POST ${documents}`, {
      path: { companyId },
      body: { fileName: 'report.pdf', contentType: 'application/pdf', size: PDF.length },
    });
    expect(await invoke('document-objects', s3Event(await uploaded(asked, PDF), PDF.length))).toEqual(
      NOTHING_FAILED,
    );
    await send('documents-api', `GET ${documents}`, { path: { companyId } });

    const csv = new TextEncoder().encode('cik,ticker,name\n11,IMP,Imported Ltd\n12,EXM,Imported Inc\n');
    const map = {
      format: 'csv',
      identifiers: IDENTIFIERS.map(({ scheme }) => ({ scheme, column: scheme })),
      company: { name: 'name', countryCode: { default: 'GB' } },
    };
    const slot = await send('documents-api', 'POST /v1/imports', {
      body: { fileName: 'two.csv', contentType: 'text/csv', size: csv.length, map },
    });
    await uploaded(slot, csv);
    expect(await invoke('imports', queued(JSON.stringify({ importId: slot['importId'] })))).toEqual(
      NOTHING_FAILED,
    );
    const importId = String(slot['importId']);
    const report = await send('documents-api', 'GET /v1/imports/{importId}', { path: { importId } });
    expect(report).toMatchObject({ status: 'done' });
    expect(engine.unusedBy('documents-api')).toEqual([]);
    expect(engine.unusedBy('document-objects')).toEqual([]);
    expect(engine.unusedBy('imports')).toEqual([]);
  });

  it('company-events', async () => {
    const company = register(
      companyIdAt(2),
      { ...someFacts(), identifiers: [cikOf(8)] },
      '2026-05-28T09:12:33.123Z',
    );
    expect(await invoke('company-events', told(company))).toEqual(NOTHING_FAILED);
    const document = documentEventOf(undefined, aStoredDocument());
    const counted = sqsEvent(JSON.stringify(eventMessage(document!, 1, 'request-1')));
    expect(await invoke('company-events', counted)).toEqual(NOTHING_FAILED);
    expect(await invoke('company-events', sqsEvent('{}'))).toEqual(NOTHING_FAILED);
    expect(engine.unusedBy('company-events')).toEqual([]);
  });

  it('company-observations and the consumers of the stream of statistics', async () => {
    const company = register(
      companyIdAt(3),
      { ...someFacts(), identifiers: [cikOf(9)] },
      '2026-05-28T09:12:33.123Z',
    );
    const { companyId } = company;
    const observe = (message: object): Promise<unknown> =>
      invoke('company-observations', sqsEvent(JSON.stringify(message)));
    const define = (ranked: boolean): Promise<unknown> =>
      send('statistics-api', 'PUT /v1/statistics/metrics/{metric}', {
        path: { metric: 'price' },
        body: { unit: 'USD', label: 'Price', ranked },
      });
    const byIdentifier = { identifier: cikOf(9), observations: [observed('2026-05-27', '12.5')] };
    expect(await observe(byIdentifier)).toEqual(NOTHING_FAILED);
    expect(await observe({})).toEqual(NOTHING_FAILED);
    await invoke('company-events', told(company));
    await define(true);
    const followed = streamEvent(recordOfStatisticsChange({ companyId, requestId: 'request-1' }, '100'));
    expect(await invoke('statistics-changes', followed)).toEqual(NOTHING_FAILED);
    for (const observations of REPORTS) {
      const later = observations.map((each) => ({ ...each, observedAt: '2026-05-29' }));
      expect(await observe({ identifier: cikOf(9), observations: later })).toEqual(NOTHING_FAILED);
    }
    const series = { metric: 'price', unit: 'USD' };
    const counted = streamEvent(recordOfStatisticsChange({ companyId, series }, '101'));
    expect(await invoke('statistics-changes', counted)).toEqual(NOTHING_FAILED);
    for (const ranked of [true, false]) {
      await define(ranked);
      const defined = streamEvent(recordOfStatisticsChange({ metric: 'price' }, '102'));
      expect(await invoke('metric-changes', defined)).toEqual(NOTHING_FAILED);
    }
    for (const entrypoint of ['company-observations', 'statistics-changes', 'metric-changes'] as const) {
      expect([entrypoint, engine.unusedBy(entrypoint)]).toEqual([entrypoint, RARE[entrypoint] ?? []]);
    }
  });

  it('statistics-api and statistics-direct', async () => {
    const companyId = companyIdOf(companyIdAt(3));
    const one = '/v1/statistics/companies/{companyId}';
    const path = { companyId };
    for (const observations of REPORTS) {
      await send('statistics-api', `POST ${one}/observations`, { path, body: { observations } });
    }
    for (const observations of REPORTS) {
      const later = observations.map((each) => ({ ...each, observedAt: '2026-05-30' }));
      await operate('statistics-direct', 'recordObservations', { companyId, observations: later });
    }
    await send('statistics-api', 'PUT /v1/statistics/metrics/{metric}', {
      path: { metric: 'price' },
      body: { unit: 'USD', label: 'Price', ranked: true },
    });
    await send('statistics-api', `GET ${one}`, { path });
    const ofPrice = { path: { ...path, metric: 'price' }, query: { unit: 'USD' } };
    await send('statistics-api', `GET ${one}/series/{metric}`, ofPrice);
    await send('statistics-api', `GET ${one}/series/{metric}/reports`, ofPrice);
    await send('statistics-api', 'GET /v1/statistics/rankings/{metric}', {
      path: { metric: 'price' },
      query: { unit: 'USD' },
    });
    await send('statistics-api', 'GET /v1/statistics/aggregates/{dimension}', {
      path: { dimension: 'country' },
    });
    await operate('statistics-direct', 'get', { companyId });
    await operate('statistics-direct', 'rank', { metric: 'price', unit: 'USD' });
    await operate('statistics-direct', 'listPending', {});
    const { failures } = (await operate('statistics-direct', 'redrive', {
      since: '2026-05-28',
    })) as {
      failures: { id: string }[];
    };
    await operate('statistics-direct', 'redrive', { id: failures[0]!.id });
    for (const entrypoint of ['statistics-api', 'statistics-direct'] as const) {
      expect([entrypoint, engine.unusedBy(entrypoint)]).toEqual([entrypoint, RARE[entrypoint] ?? []]);
    }
  });

  it('is refused where it is not allowed', async () => {
    const answer = await fetch(engine.endpointOf('profile-revisions'), {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.TransactWriteItems' },
      body: JSON.stringify({ TransactItems: [{ Put: {} }, { Delete: {} }] }),
    });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ message: 'profile-revisions is not authorized to perform: DeleteItem' }),
    ]);
  });

  it('is asked of each of them', () => {
    expect([...handlers.keys()].filter((name) => name !== 'profile-changes').toSorted()).toEqual(
      Object.keys(TABLE_ACCESS).toSorted(),
    );
  });
});

/** The key of what was sent into a slot. */
async function uploaded(slot: Readonly<Record<string, unknown>>, content: Uint8Array): Promise<string> {
  const { method, url, headers } = slot['upload'] as {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  const answer = await fetch(url, { method, headers, body: Buffer.from(content) });
  if (!answer.ok) throw new Error(`not uploaded: ${answer.status}`);
  return decodeURIComponent(new URL(url).pathname.replace(`/${BUCKET}/`, ''));
}
