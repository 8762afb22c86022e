import { beforeEach, describe, expect, it } from '@jest/globals';
import { companyIdAt } from '../../support/company-mother.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';
import { bothServices, type Answer, type BothServices } from './both-services.ts';
import { pagesOf } from './pages-of.ts';

const COMPANY = `/v1/statistics/companies/${companyIdAt(1)}`;
const SERIES = `GET ${COMPANY}/series/headcount`;

let api: BothServices;
beforeEach(() => {
  api = bothServices();
});

/** Records values of one series: what they were at a time, by one source. */
async function record(values: Readonly<Record<string, string>>, more: object = {}): Promise<void> {
  const observations = Object.entries(values).map(([observedAt, value]) => ({
    metric: 'headcount',
    unit: 'people',
    observedAt,
    value,
    source: 'report',
    ...more,
  }));
  const { body } = await api.send(`POST ${COMPANY}/observations`, { body: { observations } });
  expect(new Set((body['results'] as { status: string }[]).map(({ status }) => status))).not.toContain(
    'invalid',
  );
}

function pointsOf({ status, body }: Answer): Record<string, unknown>[] {
  expect(status).toBe(200);
  return body['points'] as Record<string, unknown>[];
}

async function periods(query: string): Promise<unknown[]> {
  return pointsOf(await api.send(`${SERIES}?unit=people&${query}`)).map(({ period }) => period);
}

describe('a series', () => {
  it('is the observations, as precisely as they were made, by time and source', async () => {
    await api.statistics.tracked.follow(aTrackedCompany(2));
    await record({ '2024-03-31T16:00:00+02:00': '5', '2024-03-31': '4', '2024': '1', '2024-03': '3' });
    await record({ '2024-03': '3.5' }, { source: 'audit', reportedAt: '2024-05-01' });
    expect((await api.send(`${SERIES}?unit=people`)).body).toEqual({
      companyId: companyIdAt(1),
      companyName: 'Name 2',
      metric: 'headcount',
      unit: 'people',
      granularity: 'raw',
      points: [
        { observedAt: '2024', source: 'report', value: '1' },
        { observedAt: '2024-03', source: 'audit', value: '3.5', reportedAt: '2024-05-01' },
        { observedAt: '2024-03', source: 'report', value: '3' },
        { observedAt: '2024-03-31', source: 'report', value: '4' },
        { observedAt: '2024-03-31T14:00:00.000Z', source: 'report', value: '5' },
      ],
      excluded: 0,
    });
  });

  it.each([
    ['month', ['2024-01', '2024-03', '2024-12', '2025-02']],
    ['quarter', ['2024-Q1', '2024-Q4', '2025-Q1']],
    ['year', ['2024', '2025']],
  ])('has a point for each %s that has observations', async (granularity, expected) => {
    await record({ '2024-01': '1', '2024-03-05': '0', '2024-12-31T23:59:59.999Z': '2', '2025-02': '4' });
    expect(await periods(`granularity=${granularity}`)).toEqual(expected);
  });

  it('tells a period of zeros from one without observations', async () => {
    await record({ '2024-01-05': '0', '2024-01-06': '0', '2024-03': '-1' });
    const answer = await api.send(`${SERIES}?unit=people&granularity=month`);
    expect(pointsOf(answer)).toEqual([
      { period: '2024-01', count: 2, sum: '0', min: '0', max: '0', mean: '0', first: '0', last: '0' },
      { period: '2024-03', count: 1, sum: '-1', min: '-1', max: '-1', mean: '-1', first: '-1', last: '-1' },
    ]);
  });

  it('comes to the same in months, quarters and years, exactly, with a rounded mean', async () => {
    await record({ '2024-01-05': '0.1', '2024-02': '0.2', '2024-02-03': '0.7' });
    const point = { count: 3, sum: '1', min: '0.1', max: '0.7', first: '0.1', last: '0.7' };
    const mean = `0.${'3'.repeat(34)}`;
    for (const [granularity, period] of [
      ['quarter', '2024-Q1'],
      ['year', '2024'],
    ]) {
      const answer = await api.send(`${SERIES}?unit=people&granularity=${granularity}`);
      expect(pointsOf(answer)).toEqual([{ period, ...point, mean }]);
    }
  });

  it('says how many observations are known too coarsely for its points', async () => {
    await record({ '2023': '1', '2024': '2', '2024-02': '3', '2025': '4' });
    await record({ '2024': '2' }, { source: 'other' });
    const excluded = async (query: string): Promise<unknown> =>
      (await api.send(`${SERIES}?unit=people&${query}`)).body['excluded'];
    expect(await excluded('granularity=month')).toBe(4);
    expect(await excluded('granularity=quarter')).toBe(4);
    expect(await excluded('granularity=year')).toBe(0);
    expect(await excluded('granularity=raw')).toBe(0);
    expect(await excluded('granularity=month&from=2024')).toBe(3);
    expect(await excluded('granularity=month&from=2024-01-02')).toBe(1);
    expect(await excluded('granularity=month&from=2024&to=2025')).toBe(2);
    expect(await excluded('granularity=month&from=2026')).toBe(0);
    expect(await periods('granularity=year')).toEqual(['2023', '2024', '2025']);
  });

  it.each([
    ['from=2024', ['2024', '2024-01', '2024-01-01', '2024-01-01T00:00:00.000Z', '2024-02', '2025']],
    [
      'from=2024-01-01T00:00:00Z',
      ['2024', '2024-01', '2024-01-01', '2024-01-01T00:00:00.000Z', '2024-02', '2025'],
    ],
    ['from=2024-01-01T00:00:00.001Z', ['2024-02', '2025']],
    ['to=2024', ['2023-12-31']],
    ['to=2024-01-01', ['2023-12-31']],
    ['to=2024-02', ['2023-12-31', '2024', '2024-01', '2024-01-01', '2024-01-01T00:00:00.000Z']],
    ['from=2024-01-15&to=2024-02-01', []],
    ['from=2024-02&to=2024-02-02', ['2024-02']],
    ['from=2025&to=2026', ['2025']],
    ['from=2025-01-01T01:00:00%2B01:00', ['2025']],
  ])('holds what begins in the range: %s', async (range, expected) => {
    await record({
      '2023-12-31': '1',
      '2024': '1',
      '2024-01': '1',
      '2024-01-01': '1',
      '2024-01-01T00:00:00Z': '1',
      '2024-02': '1',
      '2025': '1',
    });
    const answer = await api.send(`${SERIES}?unit=people&${range}`);
    expect(pointsOf(answer).map(({ observedAt }) => observedAt)).toEqual(expected);
  });

  it.each([
    ['month', 'from=2024-02&to=2024-04', ['2024-02', '2024-03']],
    ['month', 'from=2024-02-02&to=2024-04-02', ['2024-03', '2024-04']],
    ['month', 'from=2024', ['2024-01', '2024-02', '2024-03', '2024-04']],
    ['month', 'to=2024', ['2023-12']],
    ['quarter', 'from=2024', ['2024-Q1', '2024-Q2']],
    ['quarter', 'from=2024-02', ['2024-Q2']],
    ['quarter', 'to=2024-01-02', ['2023-Q4', '2024-Q1']],
    ['year', 'from=2023-06', ['2024']],
    ['year', 'to=2024', ['2023']],
    ['year', 'to=0001', []],
    ['year', 'to=2023-01-02', ['2023']],
  ])('has the %ss that begin in the range: %s', async (granularity, range, expected) => {
    await record({ '2023-12': '1', '2024-01': '1', '2024-02': '1', '2024-03': '1', '2024-04': '1' });
    expect(await periods(`granularity=${granularity}&${range}`)).toEqual(expected);
  });

  it.each(['raw', 'month', 'quarter', 'year'])(
    'pages by %s, and counts nothing twice',
    async (granularity) => {
      await record({ '2019': '1', '2021': '9', '2023': '2' });
      await record(
        Object.fromEntries(
          ['2020-01', '2020-02', '2020-05', '2021-01-01', '2022-11', '2022-12', '2023-01'].map((at) => [
            at,
            '3',
          ]),
        ),
      );
      await record({ '2024': '7', '2025': '8' });
      const line = `${SERIES}?unit=people&granularity=${granularity}`;
      const whole = (await api.send(line)).body;
      expect(whole['nextCursor']).toBeUndefined();
      for (const limit of [1, 2, 3]) {
        const pages = await pagesOf(api, line, limit, 'points');
        expect(pages).toHaveLength(Math.ceil((whole['points'] as unknown[]).length / limit));
        expect(pages.flatMap(({ points }) => points)).toEqual(whole['points']);
        expect(pages.reduce((sum, { excluded }) => sum + Number(excluded), 0)).toBe(whole['excluded']);
      }
    },
  );

  it('goes on with the same question only', async () => {
    await record({ '2020': '1', '2021': '1' });
    const { body } = await api.send(`${SERIES}?unit=people&limit=1`);
    const cursor = String(body['nextCursor']);
    for (const query of [
      'unit=heads',
      'unit=people&granularity=year',
      'unit=people&from=2020',
      'unit=people&to=2022',
    ]) {
      const answer = await api.send(`${SERIES}?${query}&cursor=${cursor}`);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '?cursor' }] } });
    }
    const reports = await api.send(`${SERIES}/reports?unit=people&cursor=${cursor}`);
    expect(reports.status).toBe(400);
  });
});

describe('the unit of a series', () => {
  const DEFINE = 'PUT /v1/statistics/metrics/headcount';

  it('is that of the definition where none is given', async () => {
    await record({ '2024': '1' });
    await api.send(DEFINE, { body: { unit: 'people' } });
    expect((await api.send(SERIES)).body).toMatchObject({ unit: 'people', points: [{ value: '1' }] });
    expect((await api.send(`${SERIES}/reports`)).status).toBe(200);
    expect((await api.send(`${SERIES}?unit=heads`)).body).toMatchObject({ unit: 'heads', points: [] });
  });

  it('is required where no definition says it', async () => {
    await record({ '2024': '1' });
    const required = { status: 400, body: { errors: [{ pointer: '?unit' }] } };
    for (const line of [SERIES, `${SERIES}/reports`]) expect(await api.send(line)).toMatchObject(required);
    await api.send(DEFINE, { body: { label: 'Head count' } });
    expect(await api.send(SERIES)).toMatchObject(required);
  });

  it('takes its cursors with it where the definition changes', async () => {
    await record({ '2024': '1', '2025': '2' });
    await api.send(DEFINE, { body: { unit: 'people' } });
    const cursor = String((await api.send(`${SERIES}?limit=1`)).body['nextCursor']);
    expect((await api.send(`${SERIES}?unit=people&cursor=${cursor}`)).status).toBe(200);
    await api.send(DEFINE, { body: { unit: 'heads' } });
    expect((await api.send(`${SERIES}?cursor=${cursor}`)).status).toBe(400);
  });

  it('may contain what a query cannot', async () => {
    const unit = '€ / m² #1&x';
    await record({ '2024': '1' }, { unit });
    const { body } = await api.send(`${SERIES}?unit=${encodeURIComponent(unit)}`);
    expect(body).toMatchObject({ unit, points: [{ value: '1' }] });
  });
});

describe('what was reported before', () => {
  it('is what does not count, and when it was reported', async () => {
    for (const [value, reportedAt] of [
      ['10', '2024-05-02'],
      ['11', '2024-05-03'],
      ['9', '2024-05-01'],
    ]) {
      await record({ '2024-04': value! }, { reportedAt });
    }
    await record({ '2024-06': '5' });
    await record({ '2024-06': '6' });
    expect((await api.send(`${SERIES}/reports?unit=people`)).body).toEqual({
      items: [
        { observedAt: '2024-04', source: 'report', value: '9', reportedAt: '2024-05-01' },
        { observedAt: '2024-04', source: 'report', value: '10', reportedAt: '2024-05-02' },
        { observedAt: '2024-06', source: 'report', value: '6' },
      ],
    });
    const raw = pointsOf(await api.send(`${SERIES}?unit=people`));
    expect(raw.map(({ value }) => value)).toEqual(['11', '5']);
    const narrowed = await api.send(`${SERIES}/reports?unit=people&from=2024-05&to=2024-07`);
    expect(narrowed.body['items']).toMatchObject([{ value: '6' }]);
  });

  it('pages', async () => {
    for (let day = 1; day <= 6; day++) {
      await record({ '2024': String(day) }, { reportedAt: `2025-01-0${day}` });
    }
    const pages = await pagesOf(api, `${SERIES}/reports?unit=people`, 2);
    expect(pages.flatMap(({ items }) => (items as { value: string }[]).map(({ value }) => value))).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
  });
});

describe('a company', () => {
  const LINES = [
    `GET ${COMPANY}`,
    `${SERIES}?unit=people`,
    `${SERIES}?unit=people&granularity=month`,
    `${SERIES}/reports?unit=people`,
  ];

  it.each(LINES)('of which nothing is known is a 404: %s', async (line) => {
    expect(await api.send(line)).toMatchObject({
      status: 404,
      body: { type: 'urn:company-registry:problem:company-not-tracked', companyId: companyIdAt(1) },
    });
  });

  it.each(LINES)('that was removed is a 404, whatever was observed of it: %s', async (line) => {
    await record({ '2024': '1' });
    expect((await api.send(line)).status).toBe(200);
    await api.statistics.tracked.follow(aTrackedCompany(1, { removed: true }));
    expect((await api.send(line)).status).toBe(404);
  });

  it.each(LINES)('without such a series has nothing in it: %s', async (line) => {
    await api.statistics.tracked.follow(aTrackedCompany(1));
    const { status, body } = await api.send(line);
    expect(status).toBe(200);
    expect(body['points'] ?? body['items'] ?? body['series']).toEqual([]);
  });

  it('of which only observations are known has no name yet', async () => {
    await record({ '2024-03': '0' }, { unit: 'heads' });
    expect((await api.send(`GET ${COMPANY}`)).body).toEqual({
      companyId: companyIdAt(1),
      companyName: null,
      status: null,
      countryCode: null,
      replica: null,
      documents: { count: 0, bytes: 0, types: {} },
      series: [
        {
          metric: 'headcount',
          unit: 'heads',
          latest: { value: '0', observedAt: '2024-03' },
          count: 1,
          sum: '0',
          min: '0',
          max: '0',
          first: '0',
          last: '0',
        },
      ],
    });
    for (const line of LINES.slice(1, 3)) {
      expect((await api.send(line)).body).toMatchObject({ companyName: null, points: [], excluded: 0 });
    }
    expect((await api.send(`GET ${COMPANY}?atLeastVersion=1`)).status).toBe(409);
  });

  it('of which nothing is known in the range is known all the same', async () => {
    await record({ '2024': '1' });
    const { status, body } = await api.send(`${SERIES}?unit=people&from=2030&granularity=month`);
    expect([status, body['points']]).toEqual([200, []]);
  });

  it('has its series in pages, by metric and unit', async () => {
    await api.statistics.tracked.follow(aTrackedCompany(1));
    for (const [metric, unit] of ['b EUR', 'a USD', 'b CHF', 'a EUR', 'c EUR'].map((one) => one.split(' '))) {
      await record({ '2024': '1', '2025-01-01': '2' }, { metric, unit });
    }
    const pages = await pagesOf(api, `GET ${COMPANY}?atLeastVersion=1`, 2, 'series');
    expect(pages).toHaveLength(3);
    const series = pages.flatMap((page) => page['series'] as { metric: string; unit: string }[]);
    expect(series.map(({ metric, unit }) => `${metric} ${unit}`)).toEqual([
      'a EUR',
      'a USD',
      'b CHF',
      'b EUR',
      'c EUR',
    ]);
    expect(series[0]).toMatchObject({
      latest: { value: '2', observedAt: '2025-01-01' },
      first: '1',
      last: '2',
    });
    expect(new Set(pages.map(({ companyName }) => companyName))).toEqual(new Set(['Name 1']));
  });
});
