import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from '@jest/globals';
import { DynamoDbTrackedCompanies } from '../../../src/adapters/dynamodb/statistics/dynamodb-tracked-companies.ts';
import { summaryItems } from '../../../src/adapters/dynamodb/statistics/summary-items.ts';
import { createApiHandler, type ApiHandler } from '../../../src/adapters/http/api-handler.ts';
import { Cursors } from '../../../src/adapters/http/cursors.ts';
import { gateOf } from '../../../src/adapters/http/gate.ts';
import { openApiOf } from '../../../src/adapters/http/open-api.ts';
import { directSummaryRoute } from '../../../src/adapters/http/statistics/direct/direct-summary-route.ts';
import { readSummaryTemplates } from '../../../src/adapters/http/statistics/direct/summary-templates.ts';
import { statisticsRoutes } from '../../../src/adapters/http/statistics/statistics-routes.ts';
import { InMemorySeriesReadings } from '../../../src/adapters/in-memory/statistics/in-memory-series-readings.ts';
import { InMemoryStatistics } from '../../../src/adapters/in-memory/statistics/in-memory-statistics.ts';
import { dynamoDbAction } from '../../../src/adapters/local/dynamodb-action.ts';
import { createIntegrationHandler, type Action } from '../../../src/adapters/local/integration-handler.ts';
import { mappingTemplate } from '../../../src/adapters/local/mapping-template.ts';
import { proxyEventOf } from '../../../src/adapters/local/proxy-event.ts';
import { routeMatcher } from '../../../src/adapters/local/route-matcher.ts';
import { CountDocument } from '../../../src/application/statistics/count-document.ts';
import type { TrackedCompanies } from '../../../src/application/statistics/ports/tracked-companies.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { statisticsContainer, type Adapters } from '../../../src/entrypoints/composition/compose.ts';
import { statisticsOnDynamoDb } from '../../../src/entrypoints/composition/dynamodb-adapters.ts';
import { statisticsInMemory } from '../../../src/entrypoints/composition/in-memory-adapters.ts';
import { statisticsService } from '../../../src/entrypoints/composition/statistics-use-cases.ts';
import { inMemorySummaryQuery } from '../../../src/entrypoints/local/in-memory-summary-query.ts';
import { NO_DOCUMENTS } from '../../../src/domain/statistics/document-totals.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import {
  aCountedDocument,
  aDocumentChange,
  aRemovedDocument,
} from '../../support/counted-document-mother.ts';
import { startDynamoDb } from '../../support/dynoxide.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { shortOrLong } from '../../support/test-length.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';
import { recordingLog, type RecordingLog } from './recording-log.ts';

const LAMBDA = '/v1/statistics/companies/{companyId}';
const DIRECT = '/v1/direct/statistics/companies/{companyId}';
const ROUTE = directSummaryRoute(readSummaryTemplates());

const dynamoDb = await startDynamoDb();
afterAll(() => dynamoDb.stop());

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Statistics {
  readonly tracked: TrackedCompanies;
  readonly countDocument: CountDocument;
  /** The bodies of the Queries that were sent. */
  readonly queries: readonly string[];
  readonly log: RecordingLog;
  send(line: string, sent?: { readonly body?: object; readonly contentType?: string }): Promise<Answer>;
}

interface Kept {
  readonly tracked: TrackedCompanies;
  readonly adapters: Adapters;
  readonly action: Action;
  readonly table: string;
}

async function onEngine(): Promise<Statistics> {
  const { client, endpoint } = dynamoDb;
  const { statistics: table } = await dynamoDb.createTables();
  return statisticsOver({
    tracked: new DynamoDbTrackedCompanies(client, table),
    adapters: statisticsOnDynamoDb(client, table, 0),
    action: dynamoDbAction(endpoint, 'Query'),
    table,
  });
}

async function inMemory(): Promise<Statistics> {
  const statistics = new InMemoryStatistics();
  return statisticsOver({
    tracked: statistics.tracked,
    adapters: statisticsInMemory(statistics),
    action: inMemorySummaryQuery(
      new InMemorySeriesReadings(statistics.series, statistics.tracked, statistics.documents),
    ),
    table: 'statistics',
  });
}

/** The service with its Lambda, and the route beside it without one. */
function statisticsOver({ tracked, adapters, action, table }: Kept): Statistics {
  const log = recordingLog();
  const queries: string[] = [];
  const container = statisticsContainer(adapters);
  const routes = statisticsRoutes(statisticsService(container), new Cursors('a secret'));
  const lambda = createApiHandler({ routes, gate: gateOf('open'), log });
  const direct = createIntegrationHandler({
    routes: [ROUTE],
    action: (body) => {
      queries.push(body);
      return action(body);
    },
    stageVariables: { statisticsTable: table },
    log,
  });
  const handlers = new Map<string, ApiHandler>(routes.map(({ path }) => [path, lambda]));
  handlers.set(ROUTE.path, direct);
  const match = routeMatcher([...handlers].map(([path, handler]) => ({ path, handler })));
  return {
    tracked,
    countDocument: container.get(CountDocument),
    queries,
    log,
    send: async (line, { body, contentType = 'application/json' } = {}) => {
      const [method = '', url = ''] = line.split(' ');
      const { resource, parameters } = match(url)!;
      const request = {
        method,
        url,
        httpVersion: '1.1',
        rawHeaders: ['Content-Type', contentType],
        socket: { remoteAddress: '127.0.0.1' },
      };
      const sent = body && Buffer.from(JSON.stringify(body));
      const result = await resource.handler(proxyEventOf(request, resource.path, parameters, sent));
      return {
        status: result.statusCode,
        headers: result.headers as Record<string, string>,
        body: JSON.parse(result.body) as Answer['body'],
      };
    },
  };
}

/** The direct route alone, before something that answers as it is told. */
function before(action: Action) {
  const log = recordingLog();
  const handler = createIntegrationHandler({ routes: [ROUTE], action, stageVariables: {}, log });
  return { log, send: () => handler(eventFor(companyIdAt(1))) };
}

function eventFor(companyId: string) {
  const socket = { remoteAddress: '127.0.0.1' };
  const request = { method: 'GET', url: '/', httpVersion: '1.1', rawHeaders: [], socket };
  return proxyEventOf(request, DIRECT, { companyId }, undefined);
}

const pathOf = (template: string, companyId: string): string =>
  template.replace('{companyId}', encodeURIComponent(companyId));

/** Both answers; they must be the same text but for spaces, ids of requests apart. */
async function expectSame({ send }: Statistics, companyId: string): Promise<Answer> {
  const [lambda, direct] = [
    await send(`GET ${pathOf(LAMBDA, companyId)}`),
    await send(`GET ${pathOf(DIRECT, companyId)}`),
  ];
  const { requestId = '', ...body } = direct.body;
  const { requestId: _ofLambda, ...expected } = lambda.body;
  expect(JSON.stringify(body)).toBe(JSON.stringify(expected));
  expect(direct.status).toBe(lambda.status);
  expect(direct.headers['content-type']).toBe(lambda.headers['content-type']);
  expect(direct.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  if (direct.status !== 200) expect(direct.headers['x-request-id']).toBe(requestId);
  return direct;
}

const observation = (metric: string, observedAt: string, value: string) => ({
  metric,
  unit: 'USD',
  observedAt,
  value,
  source: 'x',
});

async function record({ send }: Statistics, companyId: string, observations: object[]): Promise<void> {
  const path = `${pathOf(LAMBDA, companyId)}/observations`;
  const { body } = await send(`POST ${path}`, { body: { observations } });
  expect(new Set((body['results'] as { status: string }[]).map(({ status }) => status))).toEqual(
    new Set(['recorded']),
  );
}

const ODD_NAMES = [
  `O'Neill's "Best" \\ Sons`,
  `\\'`,
  `''"\\"''\\`,
  'two\nlines\r\n\tand \u0000\u0001\b\f\u001f',
  '</script><script>alert(1)</script><!-- & -->',
  'Ünïcödé 株式会社 😀 👩‍👩‍👧 𝕏',
  'a\u2028b\u2029c\u0085d\u007fe\u00a0f\ufefff\uffff',
  '$util.escapeJavaScript("x") #set($companyId = 1) ${companyId} $!input #end #foreach',
  '## no comment #* nor this *# \\$companyId \\#end',
  '","companyId":"another","x":"',
];

const INDUSTRY = { scheme: "it's", code: '"45"', label: 'A & B </script> \\ 😀' };

describe.each([
  ['the engine', onEngine],
  ['memory', inMemory],
])('the direct summary, on %s', (_where, open) => {
  it('tells of documents as the one of the Lambda', async () => {
    const statistics = await open();
    const { companyId } = aTrackedCompany(1);
    const count = (number: number, contentType: string): Promise<unknown> =>
      statistics.countDocument.execute(
        aDocumentChange(aCountedDocument(number, { content: { contentType, size: 1_000_000_007 * number } })),
      );
    const types = ['application/pdf', 'image/x-1', 'text/csv', 'text/csv; header=present', 'odd/"one"\'s'];
    for (const [index, type] of types.entries()) await count(index + 1, type);
    expect(await expectSame(statistics, companyId)).toMatchObject({
      status: 200,
      body: {
        companyName: null,
        documents: {
          count: 5,
          bytes: 15_000_000_105,
          types: { 'application/pdf': 1, 'image/*': 1, other: 1, 'text/csv': 2 },
        },
        series: [],
      },
    });
    await statistics.tracked.follow(aTrackedCompany(1));
    await record(statistics, companyId, [observation('price', '2024', '1')]);
    expect((await expectSame(statistics, companyId)).body).toMatchObject({ documents: { count: 5 } });
    for (const number of [1, 2, 3, 4, 5]) {
      await statistics.countDocument.execute(aDocumentChange(aRemovedDocument(number)));
    }
    const none = { count: 0, bytes: 0, types: {} };
    expect((await expectSame(statistics, companyId)).body).toMatchObject({ documents: none });
  });

  it('does not know a company of which nothing but removed documents is known', async () => {
    const statistics = await open();
    const { companyId } = aTrackedCompany(1);
    await statistics.countDocument.execute(aDocumentChange(aRemovedDocument(1)));
    expect((await expectSame(statistics, companyId)).status).toBe(404);
    await record(statistics, companyId, [observation('price', '2024', '1')]);
    expect((await expectSame(statistics, companyId)).status).toBe(200);
  });

  it('is the same as the one of the Lambda', async () => {
    const statistics = await open();
    const named = aTrackedCompany(3, { companyName: 'Apple Inc.' });
    await statistics.tracked.follow({ ...named, facts: { ...named.facts, industry: INDUSTRY } });
    await record(statistics, named.companyId, [
      observation('price', '2024-01-02', '1.50'),
      observation('price', '2024-01-03', '-12345678901234567890123456789012345.678'),
      observation('revenue', '2023', '0'),
      observation('margin', '2023-12', '0.00000000000000000001'),
    ]);
    const { status, body } = await expectSame(statistics, named.companyId);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      companyName: 'Apple Inc.',
      industry: INDUSTRY,
      replica: { profileVersion: 3 },
    });
    expect(body['series']).toHaveLength(3);
    expect(statistics.queries).toHaveLength(1);
  });

  it('has null for what the profile will say, and no series of a company that has none', async () => {
    const statistics = await open();
    await record(statistics, companyIdAt(2), [observation('price', '2024', '1')]);
    const { body } = await expectSame(statistics, companyIdAt(2));
    expect(body).toMatchObject({ companyName: null, status: null, replica: null });
    await statistics.tracked.follow(aTrackedCompany(1));
    expect((await expectSame(statistics, companyIdAt(1))).body['series']).toEqual([]);
  });

  it('is a 404 of a company that nobody knows, and of one that was removed', async () => {
    const statistics = await open();
    expect((await expectSame(statistics, companyIdAt(7))).status).toBe(404);
    const removed = aTrackedCompany(2, { removed: true });
    await statistics.tracked.follow(removed);
    await record(statistics, removed.companyId, [observation('price', '2024', '1')]);
    expect((await expectSame(statistics, removed.companyId)).status).toBe(404);
  });

  it('brings odd names as they are', async () => {
    const statistics = await open();
    for (const [at, companyName] of ODD_NAMES.entries()) {
      const companyId = companyIdAt(at + 1);
      await statistics.tracked.follow(aTrackedCompany(1, { companyId, companyName }));
      expect((await expectSame(statistics, companyId)).body).toMatchObject({ companyId, companyName });
    }
  });

  it('is a 400 of what is no UUID', async () => {
    const statistics = await open();
    const { companyId } = aTrackedCompany(1);
    for (const id of [
      'nope',
      '%00',
      '"}',
      `${companyId}#SUMMARY`,
      `${companyId}0`,
      `${companyId}\n`,
      '$input.body',
    ]) {
      expect((await expectSame(statistics, id)).status).toBe(400);
    }
  });

  it('takes an id in upper case', async () => {
    const statistics = await open();
    const { companyId } = aTrackedCompany(1);
    await statistics.tracked.follow(aTrackedCompany(1));
    const { body } = await expectSame(statistics, companyId.toUpperCase());
    expect(body).toMatchObject({ companyId });
  });

  it('says which query parameters it does not take', async () => {
    const { send } = await open();
    const query = `atLeastVersion=2&${encodeURIComponent(`'"\\`)}=1`;
    const { status, body } = await send(`GET ${pathOf(DIRECT, companyIdAt(1))}?${query}`);
    const detail = 'is unknown here: this route has no query parameters';
    expect(status).toBe(400);
    expect(body['errors']).toEqual([
      { pointer: '?atLeastVersion', detail },
      { pointer: `?'"\\`, detail },
    ]);
  });
});

describe('the direct summary', () => {
  it('says that there are more series than one Query reads', async () => {
    const statistics = await inMemory();
    const metrics = Array.from({ length: 1_000 }, (_, at) => observation(`m${at}`, '2024', '1'));
    await record(statistics, companyIdAt(1), metrics.slice(0, 500));
    const whole = await statistics.send(`GET ${pathOf(DIRECT, companyIdAt(1))}`);
    expect(whole.body).not.toHaveProperty('moreSeries');
    await record(statistics, companyIdAt(1), metrics.slice(500));
    const cut = await statistics.send(`GET ${pathOf(DIRECT, companyIdAt(1))}`);
    expect(cut.body).toMatchObject({ moreSeries: true });
    expect(cut.body['series']).toHaveLength(999);
  });

  it('goes round no loop more often than API Gateway does', async () => {
    const statistics = await onEngine();
    await statistics.send(`GET ${pathOf(DIRECT, companyIdAt(1))}`);
    expect(JSON.parse(statistics.queries[0] ?? '')).toMatchObject({ Limit: 1_000 });
  });

  it('escapes any text', () => {
    const render = mappingTemplate(readSummaryTemplates().found);
    const path = { companyId: companyIdAt(1) };
    const seen = { parameters: { path, querystring: {}, header: {} }, requestId: '', stageVariables: {} };
    const text = fc.string({ unit: anyCharacter, maxLength: 20 });
    fc.assert(
      fc.property(text, text, (companyName, label) => {
        const tracked = aTrackedCompany(1, { companyName });
        const industry = { scheme: 'gics', code: '1', label };
        const company = { ...tracked, facts: { ...tracked.facts, industry } };
        const Items = summaryItems(companyIdAt(1), { company, documents: NO_DOCUMENTS, items: [] });
        const rendered = render({ ...seen, body: { Items } }).text;
        expect(JSON.parse(rendered)).toMatchObject({ companyName, industry });
        expect(rendered).toMatch(/^[\n -~\u007f]*$/);
      }),
      { numRuns: shortOrLong(50, 2_000) },
    );
  });

  it.each([
    ['com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException', 400],
    ['com.amazonaws.dynamodb.v20120810#RequestLimitExceeded', 400],
    ['com.amazon.coral.availability#ThrottlingException', 400],
    ['com.amazonaws.dynamodb.v20120810#InternalServerError', 500],
    ['ServiceUnavailable', 503],
  ])('is a 503 where DynamoDB answers %s', async (type, status) => {
    const { send } = before(async () => ({ status, body: JSON.stringify({ __type: type, message: '"' }) }));
    const { statusCode, headers, body } = await send();
    expect(statusCode).toBe(503);
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json', 'retry-after': '2' });
    expect(JSON.parse(body)).toMatchObject({ type: 'urn:company-registry:problem:unavailable', status: 503 });
  });

  it('is a 503 where DynamoDB does not answer, or answers with a page', async () => {
    const unreachable = before(dynamoDbAction('http://127.0.0.1:1', 'Query'));
    expect((await unreachable.send()).statusCode).toBe(503);
    const silent = before(() => Promise.reject(new Unavailable('The database did not answer in time.')));
    expect((await silent.send()).statusCode).toBe(503);
    const page = before(async () => ({ status: 502, body: '<html>' }));
    expect((await page.send()).statusCode).toBe(503);
  });

  it('is a 500 where the deployment is wrong, and tells the log alone', async () => {
    const { send, log } = before(dynamoDbAction(dynamoDb.endpoint, 'Query'));
    const { statusCode, body } = await send();
    expect(statusCode).toBe(500);
    expect(JSON.parse(body)).toMatchObject({ type: 'urn:company-registry:problem:internal-error' });
    expect(body).not.toContain('Exception');
    expect(JSON.stringify(log.lines)).toContain('"status":400,"level":"error"');
  });

  it('takes no other method, and passes no body on that no template is for', async () => {
    const { send, queries } = await onEngine();
    const path = pathOf(DIRECT, companyIdAt(1));
    expect(await send(`DELETE ${path}`)).toMatchObject({ status: 405, headers: { allow: 'GET' } });
    expect((await send(`GET ${path}`, { contentType: 'text/plain' })).status).toBe(415);
    expect(queries).toEqual([]);
  });
});

describe('the OpenAPI document', () => {
  const document = openApiOf([ROUTE], { title: 'Statistics', description: '', version: '1' });

  it('has the integration with its templates', async () => {
    const { valid } = await new Validator().validate(
      JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
    );
    expect(valid).toBe(true);
    const { request, found } = readSummaryTemplates();
    expect(document.paths[DIRECT]?.['get']?.['x-amazon-apigateway-integration']).toMatchObject({
      type: 'aws',
      httpMethod: 'POST',
      uri: expect.stringMatching(/:dynamodb:action\/Query$/) as unknown,
      passthroughBehavior: 'never',
      requestTemplates: { 'application/json': request },
      responses: { default: { statusCode: '200', responseTemplates: { 'application/json': found } } },
    });
  });

  it('leaves nothing in the templates that CloudFormation would take for its own', () => {
    expect(Object.values(readSummaryTemplates()).join()).not.toContain('${');
  });

  it('describes the answer', async () => {
    const statistics = await inMemory();
    await statistics.tracked.follow(aTrackedCompany(1));
    await record(statistics, companyIdAt(1), [observation('price', '2024', '1')]);
    const { body } = await statistics.send(`GET ${pathOf(DIRECT, companyIdAt(1))}`);
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    ajv.addSchema(document, 'document');
    const validate = ajv.compile({ $ref: 'document#/components/schemas/DirectSummary' });
    expect([validate(body), validate.errors]).toEqual([true, null]);
  });
});
