import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryProfiles } from '../../../src/adapters/in-memory/profiles/in-memory-profiles.ts';
import { InMemoryStatistics } from '../../../src/adapters/in-memory/statistics/in-memory-statistics.ts';
import { LocalCompanyEventPublisher } from '../../../src/adapters/local/local-company-event-publisher.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { bothApis } from '../../../src/entrypoints/composition/apis.ts';
import { composeRegistry } from '../../../src/entrypoints/composition/compose.ts';
import {
  profilesInMemory,
  statisticsInMemory,
} from '../../../src/entrypoints/composition/in-memory-adapters.ts';
import {
  profilesInvocations,
  statisticsInvocations,
} from '../../../src/entrypoints/composition/invocations.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { PRICE } from '../../support/observation-mother.ts';
import { SequentialCompanyIds } from '../../support/sequential-company-ids.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const CURSOR_SECRET = 'secret';
const ACME = { name: 'Acme', countryCode: 'US', identifiers: [{ scheme: 'ticker', value: 'ACME' }] };
const ACME_ID = companyIdAt(1);
const NOBODY = companyIdAt(404);

function systemInMemory() {
  const clock = new ManualClock();
  const registry = composeRegistry({
    profiles: profilesInMemory(new InMemoryProfiles(), clock),
    statistics: statisticsInMemory(new InMemoryStatistics()),
    epoch: 1,
    publisher: new LocalCompanyEventPublisher(
      async (messages) => {
        for (const { message } of messages) {
          const received = { messageId: 'any', sentAt: clock.now(), payload: message };
          await registry.statistics.receiveCompanyEvent.execute(received);
        }
      },
      1,
      () => {},
    ),
    system: {
      clock,
      companyIds: new SequentialCompanyIds(),
      pause: { forMs: async () => {} },
      backoff: async () => {},
    },
  });
  return {
    ...registry,
    invokeProfiles: profilesInvocations(registry.profiles, CURSOR_SECRET, silent),
    invokeStatistics: statisticsInvocations(registry.statistics, CURSOR_SECRET, silent),
    http: bothApis(registry.profiles, registry.statistics, {
      cursorSecret: CURSOR_SECRET,
      access: 'open',
      log: silent,
    }).handler,
  };
}

type System = ReturnType<typeof systemInMemory>;

let system: System;
let invokeProfiles: System['invokeProfiles'];
let invokeStatistics: System['invokeStatistics'];

beforeEach(() => {
  system = systemInMemory();
  ({ invokeProfiles, invokeStatistics } = system);
});

async function acme(): Promise<void> {
  await invokeProfiles({ operation: 'register', input: { company: ACME } });
  await invokeProfiles({ operation: 'publishSnapshots', input: {} });
}

const price = (observedAt: string, value: string) => ({
  metric: 'price',
  unit: 'USD',
  observedAt,
  value,
  source: 'test',
});

describe('the profiles service, invoked directly', () => {
  it('registers, reads, changes, renames and removes a company', async () => {
    const registered = await invokeProfiles({ operation: 'register', input: { company: ACME } });
    expect(registered.result).toMatchObject({
      companyId: ACME_ID,
      name: 'Acme',
      status: 'active',
      version: 1,
    });
    const companyId = ACME_ID;
    expect(await invokeProfiles({ operation: 'get', input: { companyId } })).toEqual(registered);

    const changes = { website: 'https://acme.example', identifiers: null };
    const changed = await invokeProfiles({ operation: 'change', input: { companyId, version: 1, changes } });
    expect(changed.result).toMatchObject({ version: 2, website: 'https://acme.example', identifiers: [] });

    const renamed = await invokeProfiles({
      operation: 'rename',
      input: { companyId, version: 2, name: 'Zeta' },
    });
    expect(renamed.result).toMatchObject({ version: 3, name: 'Zeta', previousNames: [{ name: 'Acme' }] });

    expect(await invokeProfiles({ operation: 'remove', input: { companyId, version: 3 } })).toEqual({
      result: null,
    });
    expect((await invokeProfiles({ operation: 'get', input: { companyId } })).error?.status).toBe(404);
  });

  it('answers a request that comes again as the first time', async () => {
    const input = { company: ACME, idempotencyKey: 'once' };
    const first = await invokeProfiles({ operation: 'register', input });
    expect(await invokeProfiles({ operation: 'register', input })).toEqual(first);
    const other = { ...input, company: { ...ACME, name: 'Other' } };
    expect((await invokeProfiles({ operation: 'register', input: other })).error?.type).toMatch(
      /:idempotency-key-reused$/,
    );
  });

  it('lists by pages, finds by identifier, and tells the history', async () => {
    await acme();
    await invokeProfiles({ operation: 'register', input: { company: { ...ACME, name: 'Acme Two' } } });
    const first = await invokeProfiles({ operation: 'list', input: { name: 'acme', limit: 1 } });
    expect(first.result?.items).toMatchObject([{ name: 'Acme' }]);
    const cursor = first.result!.nextCursor!;
    const second = await invokeProfiles({ operation: 'list', input: { name: 'acme', limit: 1, cursor } });
    expect(second.result?.items).toMatchObject([{ name: 'Acme Two' }]);

    const found = await invokeProfiles({
      operation: 'lookUpIdentifier',
      input: { scheme: 'ticker', value: 'acme' },
    });
    expect(found.result).toMatchObject({ name: 'Acme Two', others: [ACME_ID] });
    expect((await invokeProfiles({ operation: 'revisions', input: { companyId: ACME_ID } })).result).toEqual({
      items: [],
    });
  });

  it('publishes snapshots', async () => {
    await acme();
    expect(await invokeProfiles({ operation: 'publishSnapshots', input: {} })).toEqual({
      result: { published: 1, documents: 0 },
    });
  });
});

describe('the statistics service, invoked directly', () => {
  beforeEach(acme);

  it('records observations, and reads what they come to', async () => {
    const observations = [price('2024-03-01', '0.10000000000000000555'), price('2024-04-01', 'NaN')];
    const recorded = await invokeStatistics({
      operation: 'recordObservations',
      input: { companyId: ACME_ID, observations },
    });
    expect(recorded.result?.results).toMatchObject([
      { status: 'recorded' },
      { status: 'invalid', errors: [{ pointer: '/observations/1/value' }] },
    ]);
    const summary = await invokeStatistics({
      operation: 'get',
      input: { companyId: ACME_ID, atLeastVersion: 1 },
    });
    expect(summary.result).toMatchObject({
      companyName: 'Acme',
      series: [{ metric: 'price', sum: '0.10000000000000000555' }],
    });
    const series = await invokeStatistics({
      operation: 'series',
      input: { companyId: ACME_ID, metric: 'price', unit: 'USD', granularity: 'month', from: '2024' },
    });
    expect(series.result?.points).toMatchObject([{ period: '2024-03', count: 1 }]);
  });

  it('defines metrics, ranks by them and aggregates', async () => {
    const definition = { ranked: true, unit: 'USD' };
    const defined = await invokeStatistics({
      operation: 'defineMetric',
      input: { metric: 'price', definition },
    });
    expect(defined.result).toMatchObject({ metric: 'price', ranked: true });
    const input = { companyId: ACME_ID, observations: [price('2024', '3')] };
    await invokeStatistics({ operation: 'recordObservations', input });
    await system.statistics.projectStatistics.execute([
      { companyId: ACME_ID },
      { companyId: ACME_ID, series: PRICE },
    ]);
    const ranking = await invokeStatistics({ operation: 'rank', input: { metric: 'price', order: 'desc' } });
    expect(ranking.result?.items).toMatchObject([{ rank: 1, companyName: 'Acme', value: '3' }]);
    const groups = await invokeStatistics({ operation: 'aggregates', input: { dimension: 'country' } });
    expect(groups.result?.items).toEqual([{ group: 'US', companies: 1 }]);
  });

  it('lists what waits for a company, up to a limit', async () => {
    const identifier = (value: string) => ({ scheme: 'ticker', value });
    for (const value of ['A', 'B']) {
      const payload = JSON.stringify({ identifier: identifier(value), observations: [price('2024', '1')] });
      const message = { messageId: value, sentAt: '2026-01-01T00:00:00.000Z', payload };
      await system.statistics.receiveObservations.execute(message);
    }
    const some = await invokeStatistics({ operation: 'listPending', input: { limit: 1 } });
    expect(some.result).toMatchObject({ items: [{ scheme: 'ticker', observations: 1 }], more: true });
    expect((await invokeStatistics({ operation: 'listPending', input: {} })).result).toMatchObject({
      more: false,
    });
  });

  it('tries again what is set aside', async () => {
    const message = { messageId: 'm', sentAt: '2026-01-01T00:00:00.000Z', payload: 'no JSON' };
    await system.statistics.receiveCompanyEvent.execute(message);
    const redriven = await invokeStatistics({ operation: 'redrive', input: { since: '2025-12-31' } });
    expect(redriven.result).toMatchObject({
      redriven: 0,
      failed: 1,
      failures: [{ reason: expect.any(String) }],
    });
    const [failure] = redriven.result!.failures;
    expect(
      (await invokeStatistics({ operation: 'redrive', input: { id: failure!.id } })).result,
    ).toMatchObject({
      failed: 1,
    });
  });
});

/** What callers send who do not know the types. */
async function wrongly(invoke: unknown, event: unknown): Promise<{ error: Record<string, unknown> }> {
  return (invoke as (event: unknown) => Promise<{ error: Record<string, unknown> }>)(event);
}

describe('a direct invocation that cannot be done', () => {
  const profiles = (operation: string, input: unknown): unknown => ({ operation, input });

  it.each([
    ['no object', 7, 'invalid-input', [''], 'must be an object such as'],
    ['nothing', undefined, 'invalid-input', [''], 'must be an object such as'],
    ['no operation', {}, 'invalid-input', ['/operation'], 'must be one of get, register, change'],
    ['an unknown one', profiles('constructor', {}), 'invalid-input', ['/operation'], 'must be one of'],
    ['an input that is none', profiles('get', [1]), 'invalid-input', ['/input'], 'must be an object'],
    [
      'members that nobody knows',
      { operation: 'get', inputs: {} },
      'invalid-input',
      ['/inputs'],
      'is unknown here',
    ],
    ['no companyId', profiles('get', {}), 'invalid-input', ['/companyId'], 'is required'],
    [
      'an odd companyId',
      profiles('get', { companyId: '../%/x' }),
      'invalid-input',
      ['/companyId'],
      'must be a UUID',
    ],
    [
      'half a character',
      profiles('get', { companyId: '\ud800' }),
      'invalid-input',
      ['/companyId'],
      'must be a text',
    ],
    [
      'what is unknown',
      profiles('get', { companyId: ACME_ID, x: 1 }),
      'invalid-input',
      ['/x'],
      'known are companyId',
    ],
    [
      'a company that is not there',
      profiles('get', { companyId: NOBODY }),
      'company-not-found',
      undefined,
      NOBODY,
    ],
    ['no company', profiles('register', {}), 'invalid-input', ['/company'], 'must be an object'],
    [
      'facts that cannot be',
      profiles('register', { company: { name: ' ', countryCode: 'ZZ' } }),
      'invalid-input',
      ['/company/name', '/company/countryCode'],
      'must not be blank',
    ],
    [
      'a key that cannot be',
      profiles('register', { company: ACME, idempotencyKey: 'ä' }),
      'invalid-input',
      ['/idempotencyKey'],
      'must be 1 to 255',
    ],
    [
      'no version',
      profiles('rename', { companyId: ACME_ID, name: 'X' }),
      'version-required',
      undefined,
      'Give the version',
    ],
    [
      'a version that is none',
      profiles('remove', { companyId: ACME_ID, version: '1' }),
      'invalid-input',
      ['/version'],
      'must be a whole number from 1',
    ],
    [
      'an old version',
      profiles('remove', { companyId: ACME_ID, version: 9 }),
      'profile-version-conflict',
      undefined,
      'the current version is 1',
    ],
    [
      'no new name',
      profiles('rename', { companyId: ACME_ID, version: 1, name: null }),
      'invalid-input',
      ['/name'],
      'must be a text',
    ],
    [
      'ways that exclude each other',
      profiles('list', { name: 'a', country: 'US' }),
      'invalid-input',
      ['/name', '/country'],
      'cannot be combined',
    ],
    [
      'a limit out of bounds',
      profiles('list', { limit: 1000 }),
      'invalid-input',
      ['/limit'],
      'from 1 to 100',
    ],
    ['another list’s cursor', profiles('list', { cursor: 'x' }), 'invalid-input', ['/cursor'], ''],
  ])('says so of %s', async (_what, event, type, pointers, detail) => {
    await acme();
    const { error } = await wrongly(invokeProfiles, event);
    expect(error).toMatchObject({
      type: `urn:company-registry:problem:${type}`,
      title: expect.any(String),
      status: expect.any(Number),
      requestId: expect.any(String),
    });
    expect(JSON.stringify(error)).toContain(detail);
    const errors = error['errors'] as { pointer: string }[] | undefined;
    expect(errors?.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it.each([
    [
      'recordObservations',
      { companyId: ACME_ID, observations: [{ ...price('2024', '1'), value: 0.1 }] },
      ['/observations/0/value'],
    ],
    ['recordObservations', { companyId: ACME_ID, observations: [] }, ['/observations']],
    ['recordObservations', { companyId: ACME_ID }, ['/observations']],
    ['get', { companyId: ACME_ID, atLeastVersion: 0 }, ['/atLeastVersion']],
    ['series', { companyId: ACME_ID, metric: 'price', unit: 'USD', granularity: 'week' }, ['/granularity']],
    ['aggregates', { dimension: 'colour' }, ['/dimension']],
    ['rank', { metric: 'price', unit: 'USD', order: 'up' }, ['/order']],
    ['defineMetric', { metric: 'price', definition: { ranked: 'yes' } }, ['/definition/ranked']],
    ['redrive', { since: '2026-02-30' }, ['/since']],
    ['redrive', { since: '2026-02-01', id: 'x' }, ['/since']],
    ['listPending', { limit: 1001 }, ['/limit']],
  ])('says where %s with %j is wrong', async (operation, input, pointers) => {
    const { error } = await wrongly(invokeStatistics, { operation, input });
    expect(error).toMatchObject({ type: 'urn:company-registry:problem:invalid-input', status: 400 });
    expect((error['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('is of the type that HTTP tells', async () => {
    const { error } = await invokeStatistics({
      operation: 'get',
      input: { companyId: NOBODY },
      requestId: 'mine',
    });
    const answered = await system.http({
      httpMethod: 'GET',
      resource: '/v1/statistics/companies/{companyId}',
      pathParameters: { companyId: NOBODY },
      headers: { 'x-request-id': 'mine' },
      body: null,
      requestContext: { identity: {} },
    } as never);
    expect(error).toEqual(JSON.parse(answered.body));
  });

  it('tells nothing of what went wrong inside, but to the log', async () => {
    const told: unknown[] = [];
    const broken = {
      ...system.profiles,
      findCompany: {
        execute: async () => {
          throw new TypeError('secret inside');
        },
      },
    };
    const log = { ...silent, error: (...entry: unknown[]) => void told.push(entry) };
    const invoke = profilesInvocations(broken as never, CURSOR_SECRET, log);
    const answer = await invoke(
      { operation: 'get', input: { companyId: ACME_ID } },
      { awsRequestId: 'aws-1' },
    );
    expect(answer.error).toMatchObject({
      type: 'urn:company-registry:problem:internal-error',
      requestId: 'aws-1',
    });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(told).toMatchObject([
      ['invocation failed', { requestId: 'aws-1', error: { message: 'secret inside' } }],
    ]);
  });

  it('tells what may succeed later', async () => {
    const busy = {
      ...system.profiles,
      findCompany: {
        execute: async () => {
          throw new Unavailable('too busy');
        },
      },
    };
    const invoke = profilesInvocations(busy as never, CURSOR_SECRET, silent);
    const { error } = await invoke({ operation: 'get', input: { companyId: ACME_ID } });
    expect(error).toMatchObject({ type: 'urn:company-registry:problem:unavailable', status: 503 });
  });
});
