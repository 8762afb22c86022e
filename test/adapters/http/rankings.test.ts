import { beforeEach, describe, expect, it } from '@jest/globals';
import type { TrackedCompany } from '../../../src/domain/statistics/tracked-company.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';
import { bothServices, type Answer, type BothServices } from './both-services.ts';
import { pagesOf } from './pages-of.ts';

const PRICE = { metric: 'price', unit: 'USD' };
const RANKING = 'GET /v1/statistics/rankings/price';
const BANKS = { scheme: 'gics', code: '4010', label: 'Banks' };

let api: BothServices;
beforeEach(() => {
  api = bothServices();
});

async function define(facts: object): Promise<Answer> {
  return api.send('PUT /v1/statistics/metrics/price', { body: facts });
}

/** A company, and a value of it where there is one, on all boards that show it. */
async function add(number: number, value: string | undefined, facts?: Partial<TrackedCompany['facts']>) {
  const companyId = companyIdAt(number);
  if (facts) {
    const company = aTrackedCompany(1, { companyId });
    await api.statistics.tracked.follow({ ...company, facts: { ...company.facts, ...facts } });
  }
  if (value !== undefined) {
    const observation = { ...PRICE, observedAt: '2024', value, source: 'exchange' };
    const line = `POST /v1/statistics/companies/${companyId}/observations`;
    await api.send(line, { body: { observations: [observation] } });
  }
  await api.statisticsService.projectStatistics.execute([{ companyId }, { companyId, series: PRICE }]);
}

function itemsOf({ status, body }: Answer): Record<string, unknown>[] {
  expect(status).toBe(200);
  return body['items'] as Record<string, unknown>[];
}

async function namesIn(query: string): Promise<unknown[]> {
  return itemsOf(await api.send(`${RANKING}?${query}`)).map(({ companyName }) => companyName);
}

async function itemsInPages(line: string, limit: number): Promise<unknown[]> {
  return (await pagesOf(api, line, limit)).flatMap(({ items }) => items as unknown[]);
}

const NOT_RANKED = {
  status: 404,
  body: { type: 'urn:company-registry:problem:metric-not-ranked', metric: 'price' },
};
const UNIT_REQUIRED = { status: 400, body: { errors: [{ pointer: '?unit' }] } };

describe('a ranking', () => {
  beforeEach(async () => {
    await define({ unit: 'USD', ranked: true });
    await add(1, '10', { companyName: 'Ten', countryCode: 'FR', industry: BANKS });
    await add(2, '-3.5', { companyName: 'Minus', countryCode: 'US', industry: BANKS });
    await add(3, '9', { companyName: 'Nine', countryCode: 'US' });
    await add(4, '0');
    await add(5, undefined, { companyName: 'None', countryCode: 'FR' });
  });

  it('is by latest value, as numbers, the highest first', async () => {
    expect(itemsOf(await api.send(`${RANKING}?unit=USD`))).toEqual([
      { rank: 1, companyId: companyIdAt(1), companyName: 'Ten', value: '10', observedAt: '2024' },
      { rank: 2, companyId: companyIdAt(3), companyName: 'Nine', value: '9', observedAt: '2024' },
      { rank: 3, companyId: companyIdAt(4), companyName: null, value: '0', observedAt: '2024' },
      { rank: 4, companyId: companyIdAt(2), companyName: 'Minus', value: '-3.5', observedAt: '2024' },
    ]);
  });

  it.each([
    ['order=desc', ['Ten', 'Nine', null, 'Minus']],
    ['order=asc', ['Minus', null, 'Nine', 'Ten']],
    ['country=us', ['Nine', 'Minus']],
    ['country=US&order=asc', ['Minus', 'Nine']],
    ['country=DE', []],
    ['industry=GICS:4010', ['Ten', 'Minus']],
    ['industry=gics:9', []],
    ['unit=EUR', []],
  ])('is asked for by %s', async (query, names) => {
    expect(await namesIn(query)).toEqual(names);
  });

  it.each(['order=desc', 'order=asc', 'country=US&order=asc'])('pages: %s', async (query) => {
    const whole = itemsOf(await api.send(`${RANKING}?${query}`));
    expect(whole.map(({ rank }) => rank)).toEqual(whole.map((_, index) => index + 1));
    for (const limit of [1, 2, 3]) expect(await itemsInPages(`${RANKING}?${query}`, limit)).toEqual(whole);
  });

  it('goes on with the same question only', async () => {
    const { body } = await api.send(`${RANKING}?limit=1`);
    const cursor = String(body['nextCursor']);
    expect((await api.send(`${RANKING}?unit=USD&cursor=${cursor}`)).status).toBe(200);
    for (const query of ['order=asc', 'country=US', 'industry=gics:4010', 'unit=EUR']) {
      const answer = await api.send(`${RANKING}?${query}&cursor=${cursor}`);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '?cursor' }] } });
    }
  });

  it('is one of a country or of an industry', async () => {
    expect(await api.send(`${RANKING}?country=US&industry=gics:4010`)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '?country' }, { pointer: '?industry' }] },
    });
  });
});

describe('a metric that is not ranked', () => {
  const AGGREGATES = 'GET /v1/statistics/aggregates/country?metric=price';

  it('has no ranking and no aggregates, whether it is defined or not', async () => {
    await add(1, '10', { countryCode: 'US' });
    const lines = [RANKING, `${RANKING}?unit=USD`, AGGREGATES, `${AGGREGATES}&unit=USD`];
    for (const line of lines) expect(await api.send(line)).toMatchObject(NOT_RANKED);
    await define({ unit: 'USD' });
    for (const line of lines) expect(await api.send(line)).toMatchObject(NOT_RANKED);
    await define({ unit: 'USD', ranked: true });
    for (const line of lines) expect((await api.send(line)).status).toBe(200);
  });

  it('needs a unit as soon as it is ranked', async () => {
    await define({ ranked: true });
    for (const line of [RANKING, AGGREGATES]) expect(await api.send(line)).toMatchObject(UNIT_REQUIRED);
    expect(itemsOf(await api.send(`${RANKING}?unit=USD`))).toEqual([]);
  });
});

describe('aggregates', () => {
  beforeEach(async () => {
    await define({ unit: 'USD', ranked: true });
    await add(1, '0.1', { countryCode: 'US', industry: BANKS });
    await add(2, '0.2', { countryCode: 'US', industry: BANKS });
    await add(3, '0.7', { countryCode: 'US' });
    await add(4, '0', { countryCode: 'FR', industry: { ...BANKS, code: '20:1' } });
    await add(5, undefined, { countryCode: 'DE' });
    await add(6, '5');
  });

  it('count the companies of each group', async () => {
    const path = 'GET /v1/statistics/aggregates';
    expect((await api.send(`${path}/country`)).body).toEqual({
      items: [
        { group: 'DE', companies: 1 },
        { group: 'FR', companies: 1 },
        { group: 'US', companies: 3 },
      ],
    });
    expect((await api.send(`${path}/industry`)).body).toEqual({
      items: [
        { group: 'gics:20:1', companies: 1 },
        { group: 'gics:4010', companies: 2 },
      ],
    });
  });

  it.each(['metric=price', 'metric=price&unit=USD'])(
    'say what the latest values come to, and tell no value from 0: %s',
    async (query) => {
      const { body } = await api.send(`GET /v1/statistics/aggregates/country?${query}`);
      expect(body).toEqual({
        items: [
          { group: 'DE', companies: 1, count: 0, sum: '0' },
          { group: 'FR', companies: 1, count: 1, sum: '0', mean: '0' },
          { group: 'US', companies: 3, count: 3, sum: '1', mean: `0.${'3'.repeat(34)}` },
        ],
      });
    },
  );

  it('are those of nobody in a unit that nobody has', async () => {
    const { body } = await api.send('GET /v1/statistics/aggregates/country?metric=price&unit=EUR');
    expect(body['items']).toMatchObject([{ count: 0 }, { count: 0 }, { count: 0 }]);
  });

  it.each(['metric=price', 'metric=price&unit=EUR'])('page: %s', async (query) => {
    const whole = itemsOf(await api.send(`GET /v1/statistics/aggregates/country?${query}`));
    for (const limit of [1, 2]) {
      expect(await itemsInPages(`GET /v1/statistics/aggregates/country?${query}`, limit)).toEqual(whole);
    }
  });

  it('go on with the same question only', async () => {
    const path = 'GET /v1/statistics/aggregates';
    const cursor = String((await api.send(`${path}/country?limit=1`)).body['nextCursor']);
    for (const line of [
      `${path}/industry?cursor=${cursor}`,
      `${path}/country?metric=price&cursor=${cursor}`,
    ]) {
      expect(await api.send(line)).toMatchObject({ status: 400, body: { errors: [{ pointer: '?cursor' }] } });
    }
  });
});

describe('the definition of a metric', () => {
  const PATH = '/v1/statistics/metrics/price';

  it('is not there before someone gives it', async () => {
    expect(await api.send(`GET ${PATH}`)).toMatchObject({
      status: 404,
      body: { type: 'urn:company-registry:problem:metric-not-defined', metric: 'price' },
    });
  });

  it('is what was said last', async () => {
    const first = await define({ unit: 'USD', label: 'Share price', ranked: true });
    expect(first).toMatchObject({ status: 200 });
    expect(first.body).toEqual({
      metric: 'price',
      unit: 'USD',
      label: 'Share price',
      ranked: true,
      updatedAt: expect.any(String),
    });
    expect((await api.send(`GET ${PATH}`)).body).toEqual(first.body);
    expect((await define({ unit: 'USD', label: 'Share price', ranked: true })).body).toEqual(first.body);
    const { body } = await define({});
    expect(body).toEqual({ metric: 'price', ranked: false, updatedAt: expect.any(String) });
    expect((await api.send(`GET ${PATH}`)).body).toEqual(body);
  });

  it.each([
    [{ ranked: 'yes' }, '/ranked'],
    [{ ranked: null }, '/ranked'],
    [{ unit: '' }, '/unit'],
    [{ unit: null }, '/unit'],
    [{ unit: 'u'.repeat(51) }, '/unit'],
    [{ label: 5 }, '/label'],
    [{ label: 'l'.repeat(201) }, '/label'],
    [{ revision: 1 }, '/revision'],
  ])('is refused: %j', async (body, pointer) => {
    const answer = await api.send(`PUT ${PATH}`, { body });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect((await api.send(`GET ${PATH}`)).status).toBe(404);
  });

  it('is told what the server sets', async () => {
    const { body } = await api.send(`PUT ${PATH}`, { body: { metric: 'price', updatedAt: '2026' } });
    const detail = 'is set by the server and cannot be given';
    expect(body['errors']).toEqual(['/metric', '/updatedAt'].map((pointer) => ({ pointer, detail })));
  });
});
