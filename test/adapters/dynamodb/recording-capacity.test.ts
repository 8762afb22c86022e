import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoDbObservations } from '../../../src/adapters/dynamodb/statistics/dynamodb-observations.ts';
import { DynamoDbSeriesReadings } from '../../../src/adapters/dynamodb/statistics/dynamodb-series-readings.ts';
import { DynamoDbTrackedCompanies } from '../../../src/adapters/dynamodb/statistics/dynamodb-tracked-companies.ts';
import { DynamoDbTrackedSeries } from '../../../src/adapters/dynamodb/statistics/dynamodb-tracked-series.ts';
import { bigJsArithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { RecordObservations } from '../../../src/application/statistics/record-observations.ts';
import type { CompanyId } from '../../../src/domain/shared/company-id.ts';
import type { StatedObservation } from '../../../src/domain/statistics/observation.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { consumedBy } from '../../support/consumed-capacity.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { anObservation, PRICE } from '../../support/observation-mother.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';

let dynamoDb: TestDynamoDb;
let recordObservations: RecordObservations;
let readings: DynamoDbSeriesReadings;
let tracked: DynamoDbTrackedCompanies;
let trackedSeries: DynamoDbTrackedSeries;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  const { client } = dynamoDb;
  const { statistics } = await dynamoDb.createTables();
  const observations = new DynamoDbObservations(client, statistics);
  recordObservations = new RecordObservations(observations, bigJsArithmetic, async () => {});
  readings = new DynamoDbSeriesReadings(client, statistics);
  tracked = new DynamoDbTrackedCompanies(client, statistics);
  trackedSeries = new DynamoDbTrackedSeries(client, statistics, 0);
});

afterAll(() => dynamoDb.stop());

const consumed = (work: () => Promise<unknown>) => consumedBy(dynamoDb.client, work);

/** Figures of 13 digits, to the millisecond, longer than those of most series. */
function figures(count: number, { year = 2024, from = 0, stepDays = 3 } = {}): StatedObservation[] {
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.UTC(year, 0, 1 + stepDays * (from + index)));
    const observedAt = day.toISOString().replace('T00:00', 'T16:00');
    return anObservation(observedAt, `${123_456_789 + index}.${1_001 + index}`);
  });
}

async function record(companyId: CompanyId, stated: readonly StatedObservation[]): Promise<void> {
  const results = await recordObservations.execute(companyId, stated);
  expect(results.map(({ status }) => status)).toEqual(stated.map(() => 'recorded'));
}

describe('observations of one series in one year', () => {
  it.each([1, 10, 98])('are recorded, %i of them, by one transaction', async (b) => {
    const companyId = companyIdAt(b);
    await record(companyId, figures(20));

    const recorded = await consumed(() => record(companyId, figures(b, { from: 20 })));

    // Series and year are read, one after the other, for a read unit per 4 KB each.
    expect(recorded.requests).toBe(3);
    expect(recorded.read).toBe(2);
    const [seriesKb, yearKb] = [1, b < 98 ? 1 : 2];
    expect(recorded.write).toBe(2 * (b + seriesKb + yearKb));
    expect(recorded.tableWrite).toBe(recorded.write);
  });

  it('are recorded by several transactions, more of them than one takes, with one read of series and year', async () => {
    const companyId = companyIdAt(203);
    await record(companyId, figures(20, { stepDays: 1 }));

    const recorded = await consumed(() => record(companyId, figures(200, { from: 20, stepDays: 1 })));

    expect(recorded).toMatchObject({ requests: 2 + 3, read: 2 });
  });

  it('that nothing was known of are recorded without a read of a year, with an entry in the index', async () => {
    const recorded = await consumed(() => record(companyIdAt(200), figures(1)));

    expect(recorded).toMatchObject({ requests: 2, read: 1, write: 2 * 3 + 1, tableWrite: 2 * 3 });
  });

  it('that are known already are told by what refuses them, and change nothing', async () => {
    const companyId = companyIdAt(201);
    await record(companyId, figures(3));

    const again = await consumed(async () => {
      const results = await recordObservations.execute(companyId, figures(3));
      expect(results.map(({ status }) => status)).toEqual(Array(3).fill('unchanged'));
    });

    // What is refused tells no capacity.
    expect(again).toMatchObject({ requests: 2, read: 2, write: 0 });
  });

  it('that are reported again later are written plainly, alone', async () => {
    const companyId = companyIdAt(202);
    const [one] = figures(1);
    await record(companyId, [one!]);

    const advanced = await consumed(() =>
      recordObservations.execute(companyId, [{ ...one!, reportedAt: '2025-01-01' }]),
    );

    // The first try takes it for a new one, and is refused.
    expect(advanced).toMatchObject({ requests: 3, read: 2, write: 1 });
  });
});

describe('ten years of a series by month', () => {
  it('are read by one query, with the name of the company for no more than 3 read units', async () => {
    const companyId = companyIdAt(300);
    await tracked.follow(aTrackedCompany(1, { companyId }));
    for (let year = 2015; year <= 2024; year++) await record(companyId, figures(90, { year, stepDays: 4 }));

    const months: number[] = [];
    const read = await consumed(async () => {
      await tracked.find(companyId, 'eventual');
      for await (const { rollup } of readings.years(companyId, PRICE, '2015', '2024'))
        months.push(Object.keys(rollup).length);
    });

    expect(months).toEqual(Array(10).fill(12));
    expect(read).toMatchObject({ requests: 2, entries: 10, write: 0 });
    expect(read.read).toBeLessThanOrEqual(3);
  });
});

describe('a summary', () => {
  const companyId = companyIdAt(400);
  const SERIES = 24;

  beforeAll(async () => {
    await tracked.follow(aTrackedCompany(1, { companyId }));
    const stated = Array.from({ length: SERIES }, (_, n) => ({ ...figures(1)[0]!, metric: `metric-${n}` }));
    await record(companyId, stated);
  });

  it('is read whole by one query, for half a read unit per 4 KB', async () => {
    const read = await consumed(() => readings.summary(companyId, { limit: 100 }, 'eventual'));

    expect(read).toMatchObject({ requests: 1, entries: 1 + SERIES, write: 0 });
    // Items of less than half a KB.
    expect(read.read).toBeLessThanOrEqual(Math.ceil((1 + SERIES) / 8) / 2);
  });

  it('is read a page at a time, the company besides for half a read unit', async () => {
    const first = await readings.summary(companyId, { limit: 8 }, 'eventual');

    const second = await consumed(() =>
      readings.summary(companyId, { limit: 8, after: first!.next! }, 'eventual'),
    );

    expect(second).toMatchObject({ requests: 2, entries: 8 });
    expect(second.read).toBeLessThanOrEqual(0.5 + 0.5);
  });

  it('has its series listed by one query, and their figures read by one request', async () => {
    const listed = await consumed(() => trackedSeries.ofCompany(companyId));
    const series = await trackedSeries.ofCompany(companyId);
    const read = await consumed(() =>
      trackedSeries.figuresOf(series.map((one) => ({ companyId, series: one }))),
    );

    expect(listed).toMatchObject({ requests: 1, entries: SERIES });
    expect(read).toMatchObject({ requests: 1, read: SERIES });
  });
});

describe('a page of observations', () => {
  it('is one query, for half a read unit per 4 KB', async () => {
    const companyId = companyIdAt(500);
    await record(companyId, figures(96));

    const page = await consumed(() => readings.observations(companyId, PRICE, {}, { limit: 50 }));

    expect(page).toMatchObject({ requests: 1, entries: 50, write: 0 });
    // Items of a quarter of a KB.
    expect(page.read).toBeLessThanOrEqual(Math.ceil(50 / 16) / 2);
  });
});
