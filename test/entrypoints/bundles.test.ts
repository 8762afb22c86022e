import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { buildBundles } from '../../infra/bundles/build-bundles.ts';
import { compileBundles } from '../../infra/bundles/code-cache/compile-bundles.ts';
import { checkNode } from '../../infra/bundles/code-cache/target-node.ts';
import { ENTRYPOINTS, type Entrypoint } from '../../infra/bundles/entrypoints.ts';
import { recordOfCompanyChange } from '../../src/adapters/dynamodb/profiles/company-change-record.ts';
import { recordOfStatisticsChange } from '../../src/adapters/dynamodb/statistics/touched-record.ts';
import { companyEventMessage } from '../../src/adapters/messaging/company-event-message.ts';
import { register } from '../../src/domain/profiles/company.ts';
import { snapshotOf } from '../../src/domain/profiles/company-event.ts';
import { companyIdOf } from '../../src/domain/shared/company-id.ts';
import { BareLambdas, nodesToTest } from '../support/bare-lambdas.ts';
import { someFacts } from '../support/company-mother.ts';
import { PDF } from '../support/document-mother.ts';
import { startDynamoDb, type TestDynamoDb } from '../support/dynoxide.ts';
import {
  apiGatewayEvent,
  queued,
  s3Event,
  snsEvent,
  sqsEvent,
  streamEvent,
} from '../support/recorded-events.ts';

const BUCKET = 'company-documents';
const TOPIC = 'company-events';

let folder: string;
let dynamoDb: TestDynamoDb;
let aws: FauxqsServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundles-'));
  [dynamoDb, aws] = await Promise.all([
    startDynamoDb(),
    startFauxqs({ port: 0, logger: false }),
    buildBundles(folder),
  ]);
  aws.createBucket(BUCKET);
  aws.createTopic(TOPIC);
});
afterAll(async () => {
  await Promise.all([dynamoDb.stop(), aws.stop(), rm(folder, { recursive: true })]);
});

it('there is a bundle for each Lambda', async () => {
  const sources = await readdir(new URL('../../src/entrypoints/lambda', import.meta.url));
  const names = sources.flatMap((source) => /^(.+)\.ts$/.exec(source)?.[1] ?? []);
  expect([...ENTRYPOINTS].sort()).toEqual(names.sort());
  expect((await readdir(join(folder, 'bundles'))).sort()).toEqual(names.sort());
});

it('a bundle is one file; its source map is not uploaded with it', async () => {
  for (const name of ENTRYPOINTS) {
    expect(await readdir(join(folder, 'bundles', name))).toEqual(['index.cjs']);
    expect(await readdir(join(folder, 'source-maps', name))).toEqual(['index.cjs.map']);
  }
});

/** What else is asked of them needs the client of S3, whose protocol is XML, and of others: docs/adr/0026. */
const LARGER: Partial<Record<Entrypoint, number>> = {
  'documents-api': 153_000,
  imports: 152_000,
};

it.each(ENTRYPOINTS)('%s stays small', async (name) => {
  const code = await readFile(join(folder, 'bundles', name, 'index.cjs'));
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(LARGER[name] ?? 110_000);
});

describe.each(nodesToTest())('bundles that stand alone, in $name', ({ node }) => {
  let lambdas: BareLambdas;
  beforeAll(async () => {
    const { profiles, statistics } = await dynamoDb.createTables();
    lambdas = await BareLambdas.start(folder, node, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${aws.port}`,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      DYNAMODB_ENDPOINT: dynamoDb.endpoint,
      PROFILES_TABLE: profiles,
      STATISTICS_TABLE: statistics,
      COMPANY_EVENTS_TOPIC_ARN: `arn:aws:sns:us-east-1:000000000000:${TOPIC}`,
      DOCUMENTS_BUCKET: BUCKET,
      IMPORTS_QUEUE_URL: `http://127.0.0.1:${aws.port}/000000000000/imports`,
      STATISTICS_FUNCTION: 'statistics',
      CURSOR_SECRET: 'a secret of this test',
      AUTHORIZED_SERVICE: 'profiles',
      JWT_ISSUER: 'https://issuer.example',
      JWT_AUDIENCE: 'company-registry',
    });
  });
  afterAll(async () => lambdas.stop());

  const send = async (entrypoint: Entrypoint, ...request: Parameters<typeof apiGatewayEvent>) => {
    const result = await lambdas.invoke(entrypoint, apiGatewayEvent(...request));
    const { statusCode, body } = result as APIGatewayProxyResult;
    return { status: statusCode, body: JSON.parse(body || 'null') as Record<string, unknown> };
  };
  const nothingFailed = { batchItemFailures: [] };
  const registered = async (name: string) => {
    const { body } = await send('profiles-api', 'POST', '/v1/companies', null, { name, countryCode: 'GB' });
    const companyId = companyIdOf(String(body['companyId']));
    return register(companyId, { ...someFacts(), name }, '2026-05-28T09:12:33.123Z');
  };

  it('serve the requests of API Gateway', async () => {
    const { companyId } = await registered('Example Ltd');
    expect(await send('profiles-api', 'GET', '/v1/companies/{companyId}', { companyId })).toMatchObject({
      status: 200,
      body: { companyId, name: 'Example Ltd', version: 1 },
    });
    expect(await send('profiles-api', 'POST', '/v1/companies', null, { name: 1 })).toMatchObject({
      status: 400,
      body: { errors: expect.arrayContaining([{ pointer: '/name', detail: 'must be a string' }]) },
    });
    const { status, body } = await send('documents-api', 'GET', '/openapi.json');
    expect({ status, paths: Object.keys(body['paths'] as object) }).toEqual({
      status: 200,
      paths: expect.arrayContaining(['/v1/companies/{companyId}', '/v1/imports', '/health', '/openapi.json']),
    });
  });

  it('follow the stream of companies, with revisions and with events', async () => {
    const company = await registered('Followed Ltd');
    const event = streamEvent(
      recordOfCompanyChange({ after: company, requestId: 'request-1', sequenceNumber: '100' }),
    );
    expect(await lambdas.invoke('profile-revisions', event)).toEqual(nothingFailed);
    expect(await lambdas.invoke('profile-changes', event)).toEqual(nothingFailed);
    const { companyId } = company;
    expect(
      await send('profiles-api', 'GET', '/v1/companies/{companyId}/revisions', { companyId }),
    ).toMatchObject({ body: { items: [{ version: 1, requestId: 'request-1' }] } });
  });

  it('follow the topics, directly and by their queues, and answer with what has come of it', async () => {
    const company = await registered('Observed Ltd');
    const { companyId } = company;
    const message = JSON.stringify(companyEventMessage(snapshotOf(company), 1, 'request-1'));
    const observations = [
      { metric: 'price', unit: 'USD', observedAt: '2026-05-27', value: '12.5', source: 'nasdaq' },
    ];
    expect(await lambdas.invoke('company-events', snsEvent(message))).toEqual(nothingFailed);
    expect(await lambdas.invoke('company-events', sqsEvent(message))).toEqual(nothingFailed);
    const observed = JSON.stringify({ companyId, observations });
    expect(await lambdas.invoke('company-observations', sqsEvent(observed))).toEqual(nothingFailed);
    expect(
      await send('statistics-api', 'GET', '/v1/statistics/companies/{companyId}', { companyId }),
    ).toMatchObject({
      status: 200,
      body: {
        companyName: 'Observed Ltd',
        series: [{ metric: 'price', unit: 'USD', latest: { value: '12.5', observedAt: '2026-05-27' } }],
      },
    });
  });

  it('follow the stream of statistics', async () => {
    const { companyId } = await registered('Projected Ltd');
    const event = streamEvent(
      recordOfStatisticsChange({ companyId, requestId: 'request-1' }, '100'),
      recordOfStatisticsChange({ companyId, series: { metric: 'price', unit: 'USD' } }, '101'),
    );
    expect(await lambdas.invoke('statistics-changes', event)).toEqual(nothingFailed);
    expect(
      await lambdas.invoke(
        'metric-changes',
        streamEvent(recordOfStatisticsChange({ metric: 'price' }, '102')),
      ),
    ).toEqual(nothingFailed);
  });

  it('take documents to and from a bucket', async () => {
    const { companyId } = await registered('Documented Ltd');
    const slot = await send(
      'documents-api',
      'POST',
      '/v1/companies/{companyId}/documents',
      { companyId },
      {
        fileName: 'report.pdf',
        contentType: 'application/pdf',
        size: PDF.length,
      },
    );
    const { method, url, headers } = slot.body['upload'] as {
      method: string;
      url: string;
      headers: Record<string, string>;
    };
    expect((await fetch(url, { method, headers, body: PDF })).status).toBe(200);
    const key = decodeURIComponent(new URL(url).pathname.replace(`/${BUCKET}/`, ''));
    expect(await lambdas.invoke('document-objects', s3Event(key, PDF.length))).toEqual(nothingFailed);
    expect(
      await send('documents-api', 'GET', '/v1/companies/{companyId}/documents', { companyId }),
    ).toMatchObject({ status: 200, body: { items: [{ fileName: 'report.pdf' }] } });
  });

  it('take up imports from their queue', async () => {
    const message = JSON.stringify({ importId: '00000000-0000-7000-8000-000000000001' });
    expect(await lambdas.invoke('imports', queued(message))).toEqual(nothingFailed);
  });

  it('are invoked directly', async () => {
    const { companyId } = await registered('Invoked Ltd');
    const operation = { operation: 'get', input: { companyId } };
    expect(await lambdas.invoke('profiles-direct', operation)).toMatchObject({
      result: { name: 'Invoked Ltd' },
    });
    expect(await lambdas.invoke('statistics-direct', operation)).toMatchObject({ error: { status: 404 } });
  });

  it('let nobody in whose token is none', async () => {
    const event = {
      type: 'TOKEN',
      authorizationToken: 'Bearer none',
      methodArn: 'arn:aws:execute-api:a:b:c/d/GET/v1',
    };
    await expect(lambdas.invoke('authorizer', event)).rejects.toThrow('Unauthorized');
  });
});

describe('the Node that compiles ahead', () => {
  const major = Number(process.versions.node.split('.')[0]);

  it('is of the release that Lambdas run in', async () => {
    await checkNode(process.execPath, major);
    await expect(checkNode(process.execPath, major + 1)).rejects.toThrow(
      `${process.execPath} is Node ${process.version}; Lambdas run in Node ${major + 1}`,
    );
  });

  it.each(['', '/nowhere/node', '/', 'true', 'false'])('is not %j', async (path) => {
    await expect(checkNode(path, major)).rejects.toThrow(`${JSON.stringify(path)} is no Node: give the path`);
  });
});

describe('a bundle that was compiled ahead', () => {
  const event = {
    type: 'TOKEN',
    authorizationToken: 'Bearer none',
    methodArn: 'arn:aws:execute-api:a:b:c/d/GET/v1',
  };
  const env = {
    AUTHORIZED_SERVICE: 'profiles',
    JWT_ISSUER: 'https://issuer.example',
    JWT_AUDIENCE: 'company-registry',
  };
  let compiled: string;
  let cache: string;
  beforeAll(async () => {
    compiled = await mkdtemp(join(tmpdir(), 'compiled-'));
    await buildBundles(compiled, ['authorizer', 'profiles-api']);
    await compileBundles(compiled, process.execPath, ['authorizer', 'profiles-api']);
    const bundle = join(compiled, 'bundles/authorizer');
    cache = join(bundle, (await readdir(bundle)).find((name) => name.endsWith('.cache')) ?? '');
  });
  afterAll(async () => rm(compiled, { recursive: true }));

  /** What a start says of its code cache, if anything. */
  const useOfCache = async (...flags: readonly string[]): Promise<string | undefined> => {
    const lambdas = await BareLambdas.start(compiled, process.execPath, env, flags);
    await expect(lambdas.invoke('authorizer', event)).rejects.toThrow('Unauthorized');
    await lambdas.stop();
    return /"codeCache":"(\w+)"/.exec(lambdas.log)?.[1];
  };

  it('is taken as it was compiled', async () => {
    expect(await useOfCache()).toBeUndefined();
  });

  it('is compiled again under other flags of V8, and says so', async () => {
    expect(await useOfCache('--no-opt')).toBe('rejected');
  });

  it('is compiled again where what was compiled is damaged, or is not there', async () => {
    const whole = await readFile(cache);
    await writeFile(cache, whole.subarray(0, whole.length / 2));
    expect(await useOfCache()).toBe('rejected');
    await writeFile(cache, 'no code at all');
    expect(await useOfCache()).toBe('rejected');
    await rm(cache);
    expect(await useOfCache()).toBe('missing');
  });
});
