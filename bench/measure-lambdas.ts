import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildBundles, TUNED } from '../infra/bundles/build-bundles.ts';
import { compileBundles } from '../infra/bundles/code-cache/compile-bundles.ts';
import { ENTRYPOINTS, type Entrypoint } from '../infra/bundles/entrypoints.ts';
import type { Told } from './lambda-runtime.ts';
import { spreadOf, type Spread } from './statistics.ts';

const ROUNDS = 15;
const WARM_UP_REQUESTS = 200;
const WARM_REQUESTS = 40;

const PEERS = { bare: 'bare.ts', powertools: 'powertools.ts' } as const;
const LAMBDAS = ['bare', 'ours', 'oursCompiled', 'powertools'] as const;
const METHODS = ['get', 'post'] as const;
const STATUS = { get: 200, post: 201 };

type LambdaName = (typeof LAMBDAS)[number];
type Method = (typeof METHODS)[number];
type Requests = Readonly<Record<Method, object>>;
type Start = (name: LambdaName) => LambdaProcess;

/** What GET and POST of a company cost in Lambdas of several kinds. */
export interface LambdaFigures {
  /** Where they ran. */
  readonly node: string;
  /** To the first answer: from the load of the bundle, and from the start of the process, which is Node's own. */
  readonly cold: Record<
    LambdaName,
    Record<Method, { readonly fromLoadMs: Spread; readonly fromStartMs: Spread }>
  >;
  /** The processor's microseconds for a request, after hundreds of them. */
  readonly warm: Record<LambdaName, Record<Method, Spread>>;
  /** Minified and gzipped. */
  readonly bytes: Record<Exclude<LambdaName, 'oursCompiled'>, number>;
  readonly bundles: readonly { readonly name: Entrypoint; readonly bytes: number }[];
}

/** @param node the Node that the Lambdas run in */
export async function measureLambdas(
  endpoint: string,
  profilesTable: string,
  companyId: string,
  node: string,
): Promise<LambdaFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'lambdas-'));
  try {
    await Promise.all([
      buildBundles(folder),
      buildBundles(join(folder, 'compiled'), ['profiles-api']),
      build({
        ...TUNED,
        entryPoints: Object.values(PEERS).map((file) => `bench/peers/${file}`),
        outdir: join(folder, 'peers'),
      }),
      build({
        ...TUNED,
        entryPoints: ['bench/lambda-runtime.ts'],
        outfile: join(folder, 'lambda-runtime.cjs'),
      }),
    ]);
    await compileBundles(join(folder, 'compiled'), node, ['profiles-api']);
    const files: Record<LambdaName, string> = {
      bare: join(folder, 'peers/bare.cjs'),
      powertools: join(folder, 'peers/powertools.cjs'),
      ours: join(folder, 'bundles/profiles-api/index.cjs'),
      oursCompiled: join(folder, 'compiled/bundles/profiles-api/index.cjs'),
    };
    const start = (name: LambdaName): LambdaProcess =>
      new LambdaProcess(node, join(folder, 'lambda-runtime.cjs'), files[name], {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        DYNAMODB_ENDPOINT: endpoint,
        PROFILES_TABLE: profilesTable,
        CURSOR_SECRET: 'a secret of this benchmark',
      });
    const requests = requestsOf(companyId);
    const cold = await measureCold(start, requests);
    const warm = await measureWarm(start, requests);
    const bytesOf = async (file: string): Promise<number> =>
      gzipSync(await readFile(file), { level: 9 }).length;
    const { stdout: version } = await promisify(execFile)(node, ['--version']);
    return {
      node: version.trim(),
      cold,
      warm,
      bytes: {
        bare: await bytesOf(files.bare),
        ours: await bytesOf(files.ours),
        powertools: await bytesOf(files.powertools),
      },
      bundles: await Promise.all(
        ENTRYPOINTS.map(async (name) => ({
          name,
          bytes: await bytesOf(join(folder, 'bundles', name, 'index.cjs')),
        })),
      ),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Processes that begin with the request, in turns. */
async function measureCold(start: Start, requests: Requests): Promise<LambdaFigures['cold']> {
  const samples = samplesOf(LAMBDAS, () => ({ get: [] as Told[], post: [] as Told[] }));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const name of LAMBDAS) {
      for (const method of METHODS) {
        const lambda = start(name);
        const told = await lambda.ask(requests[method], 1, STATUS[method]);
        // The first round finds nothing of the files in the memory of the machine.
        if (round > 0) samples[name][method].push(told);
        await lambda.stop();
      }
    }
  }
  return samplesOf(LAMBDAS, (name) =>
    samplesOf(METHODS, (method) => ({
      fromLoadMs: spreadOf(samples[name][method].map(({ sinceLoadMs }) => sinceLoadMs)),
      fromStartMs: spreadOf(samples[name][method].map(({ sinceStartMs }) => sinceStartMs)),
    })),
  );
}

/** Processes that go on, each with as many requests in its turn. */
async function measureWarm(start: Start, requests: Requests): Promise<LambdaFigures['warm']> {
  const lambdas = samplesOf(LAMBDAS, start);
  const samples = samplesOf(LAMBDAS, () => ({ get: [] as number[], post: [] as number[] }));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const method of METHODS) {
      for (const name of LAMBDAS) {
        const times = round === 0 ? WARM_UP_REQUESTS : WARM_REQUESTS;
        const { cpuUs } = await lambdas[name].ask(requests[method], times, STATUS[method]);
        if (round > 0) samples[name][method].push(cpuUs);
      }
    }
  }
  await Promise.all(LAMBDAS.map((name) => lambdas[name].stop()));
  return samplesOf(LAMBDAS, (name) => samplesOf(METHODS, (method) => spreadOf(samples[name][method])));
}

function samplesOf<Name extends string, Value>(
  names: readonly Name[],
  of: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, Value>;
}

/** A Lambda in a process of its own, which finds no packages. */
class LambdaProcess {
  readonly #process: ChildProcess;

  constructor(node: string, runtime: string, bundle: string, env: Readonly<Record<string, string>>) {
    // What it logs is written, and read by nobody.
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
    this.#process = fork(runtime, [bundle], {
      execPath: node,
      execArgv: [],
      env,
      cwd: dirname(runtime),
      stdio: [...stdio],
    });
  }

  async ask(event: object, times: number, status: number): Promise<Told> {
    const told = once(this.#process, 'message') as Promise<[Told]>;
    const ended = once(this.#process, 'exit').then(() => {
      throw new Error('A Lambda has ended without an answer.');
    });
    this.#process.send({ event, times, status });
    const [answer] = await Promise.race([told, ended]);
    return answer;
  }

  async stop(): Promise<void> {
    const exit = once(this.#process, 'exit');
    this.#process.kill();
    await exit;
  }
}

function requestsOf(companyId: string): Requests {
  return {
    get: requestOf('GET', '/v1/companies/{companyId}', { companyId }, null),
    post: requestOf('POST', '/v1/companies', null, JSON.stringify(COMPANY)),
  };
}

/** Of about 1 KB. */
const COMPANY = {
  name: 'Example Holdings',
  status: 'active',
  countryCode: 'GB',
  legalForm: 'Private limited company',
  industry: { scheme: 'uk-sic-2007', code: '64209', label: 'Activities of other holding companies' },
  // Several companies may bear them, so that the same body can be sent again.
  identifiers: [
    { scheme: 'isin', value: 'US0378331005' },
    { scheme: 'ticker', value: 'EXMP' },
  ],
  registeredOffice: {
    addressLine1: '1 High Street',
    locality: 'London',
    postalCode: 'EC1A 1AA',
    country: 'GB',
  },
  website: 'https://www.example.com',
  foundedOn: '1999-12-31',
  description: 'A company that holds shares of other companies. '.repeat(6).trim(),
  tags: ['benchmark'],
};

function requestOf(
  httpMethod: string,
  resource: string,
  pathParameters: Readonly<Record<string, string>> | null,
  body: string | null,
): object {
  const path = resource.replace('{companyId}', pathParameters?.['companyId'] ?? '');
  const headers = { Accept: '*/*', 'Content-Type': 'application/json', Host: 'example.com' };
  return {
    httpMethod,
    resource,
    path,
    pathParameters,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    stageVariables: null,
    body,
    isBase64Encoded: false,
    requestContext: {
      path: `/prod${path}`,
      httpMethod,
      resourcePath: resource,
      stage: 'prod',
      domainName: 'example.com',
      requestId: 'benchmark',
      identity: { sourceIp: '127.0.0.1' },
      authorizer: { principalId: 'benchmark', scope: 'profiles:read profiles:write' },
    },
  };
}
