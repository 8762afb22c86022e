import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AGGREGATE_SHARDS, shardOf } from '../../../src/adapters/dynamodb/statistics/aggregate-item.ts';
import { DynamoDbBoards } from '../../../src/adapters/dynamodb/statistics/dynamodb-boards.ts';
import { DynamoDbMetricDefinitions } from '../../../src/adapters/dynamodb/statistics/dynamodb-metric-definitions.ts';
import { DynamoDbPendingObservations } from '../../../src/adapters/dynamodb/statistics/dynamodb-pending-observations.ts';
import { DynamoDbRankings } from '../../../src/adapters/dynamodb/statistics/dynamodb-rankings.ts';
import { bigJsArithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { observationOf } from '../../../src/domain/statistics/observation.ts';
import type { Group } from '../../../src/domain/statistics/group.ts';
import type { ObservedAt } from '../../../src/domain/statistics/observed-at.ts';
import type { Standing } from '../../../src/domain/statistics/standing.ts';
import { companyIdAt, minutesLater, tickerOf } from '../../support/company-mother.ts';
import { consumedBy, type Consumed } from '../../support/consumed-capacity.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import {
  aMembership,
  aStanding,
  belong,
  changesOf,
  seriesAt,
  stand,
  standingChange,
} from '../../support/standing-mother.ts';

let dynamoDb: TestDynamoDb;
let boards: DynamoDbBoards;
/** Over a table that has companies of many countries. */
let full: DynamoDbRankings;
let definitions: DynamoDbMetricDefinitions;
let pending: DynamoDbPendingObservations;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(() => dynamoDb.stop());

beforeEach(async () => {
  const { statistics } = await dynamoDb.createTables();
  boards = new DynamoDbBoards(dynamoDb.client, statistics, bigJsArithmetic, new ManualClock());
  definitions = new DynamoDbMetricDefinitions(dynamoDb.client, statistics);
  pending = new DynamoDbPendingObservations(dynamoDb.client, statistics);
});

const COUNTRIES = Array.from({ length: 52 }, (_, index) =>
  String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26)),
);

const consumed = (work: () => Promise<unknown>): Promise<Consumed> => consumedBy(dynamoDb.client, work);

const groupsOf = (country: string): Group[] => [
  { dimension: 'country', group: country },
  { dimension: 'industry', group: 'gics:45202030' },
];

/** Of a name as long as most. */
const standingOf = (value: string, overrides: Partial<Standing> = {}): Standing =>
  aStanding(value, {
    companyName: 'The Goldman Sachs Group, Incorporated',
    latest: {
      observedAt: '2024-03-31T16:00:00.000Z' as ObservedAt,
      value: bigJsArithmetic.canonical(value),
    },
    groups: groupsOf('US'),
    ...overrides,
  });

describe('what a company has in a series', () => {
  it('is shown on three boards, first, for 13 write units', async () => {
    const change = await standingChange(boards, seriesAt(1), standingOf('12.5'));
    const written = await consumed(() => boards.commit(changesOf(change)));
    // An entry has one in the index; an aggregate has none.
    expect(written).toMatchObject({ requests: 2, write: 3 * (2 + 1) + 2 * 2 });
  });

  it('has another latest value for at most 18 write units', async () => {
    await stand(boards, seriesAt(1), standingOf('12.5'));
    const change = await standingChange(boards, seriesAt(1), standingOf('13.75'));
    const written = await consumed(() => boards.commit(changesOf(change)));
    expect(written.write).toBe(3 * (2 + 2) + 2 * 2);
    expect(written.write).toBeLessThanOrEqual(18);
    expect(written).toMatchObject({ requests: 2, read: 2 });
  });

  it('has another latest value for at most 18 write units each where many change at once, in few requests', async () => {
    const companies = Array.from({ length: 50 }, (_, index) => index);
    const changes = (value: string) =>
      Promise.all(companies.map((number) => standingChange(boards, seriesAt(number), standingOf(value))));
    await boards.commit(changesOf(...(await changes('1'))));
    const again = changesOf(...(await changes('2')));
    const written = await consumed(() => boards.commit(again));
    // Aggregates that many change are written once.
    expect(written.write / companies.length).toBeLessThanOrEqual(13);
    expect(written.requests).toBeLessThanOrEqual(3);
  });

  it('is renamed for three entries', async () => {
    await stand(boards, seriesAt(1), standingOf('12.5'));
    const change = await standingChange(boards, seriesAt(1), standingOf('12.5', { companyName: 'GS' }));
    const written = await consumed(() => boards.commit(changesOf(change)));
    expect(written).toMatchObject({ requests: 1, read: 0, write: 3 * (2 + 1) });
  });

  it('is read, of many companies, for a read unit each by one request', async () => {
    const wanted = Array.from({ length: 100 }, (_, index) => seriesAt(index));
    for (const series of wanted.slice(0, 10)) await stand(boards, series, standingOf('1'));
    expect(await consumed(() => boards.standings(wanted))).toMatchObject({
      requests: 1,
      read: 100,
      write: 0,
    });
  });
});

describe('a company', () => {
  it('is counted, with its identifiers, for two write units an item', async () => {
    const identifiers = [tickerOf('GS'), { scheme: 'cik', value: '0000886982' }];
    const [before] = await boards.memberships([companyIdAt(1)]);
    const change = { before: before!, after: aMembership({ groups: groupsOf('US'), identifiers }) };
    const written = await consumed(() => boards.commit(changesOf(change)));
    expect(written).toMatchObject({ requests: 2, write: 2 * (1 + 2 + 2) });
  });

  it('is found by an identifier for one read unit', async () => {
    await belong(boards, companyIdAt(1), aMembership({ identifiers: [tickerOf('GS')] }));
    expect(await consumed(() => pending.bearerOf(tickerOf('GS')))).toMatchObject({ requests: 1, read: 1 });
  });
});

describe('a page of 50', () => {
  beforeAll(async () => {
    const { statistics } = await dynamoDb.createTables();
    boards = new DynamoDbBoards(dynamoDb.client, statistics, bigJsArithmetic, new ManualClock());
    full = new DynamoDbRankings(dynamoDb.client, statistics, bigJsArithmetic);
    // Of every country a company in every shard: no aggregate is spread wider.
    const numbers = AGGREGATE_SHARDS.flatMap((shard) =>
      Array.from({ length: 1_000 }, (_, index) => index)
        .filter((number) => shardOf(companyIdAt(number)) === shard)
        .slice(0, COUNTRIES.length),
    );
    const groupsAt = (index: number): Group[] => groupsOf(COUNTRIES[index % COUNTRIES.length]!);
    await boards.commit({
      standings: numbers.map((number, index) => ({
        before: { ...seriesAt(number), revision: 0 },
        after: standingOf(`${number * 1_234_567}.89`, { groups: groupsAt(index) }),
      })),
      memberships: numbers.map((number, index) => ({
        before: { companyId: companyIdAt(number), revision: 0 },
        after: aMembership({ groups: groupsAt(index) }),
      })),
    });
  });

  it('of a ranking is one query of 50 entries, for at most 2.5 read units', async () => {
    const { series } = seriesAt(1);
    for (const group of [undefined, { dimension: 'industry', group: 'gics:45202030' } as const]) {
      const ranking = { series, order: 'desc', ...(group && { group }) } as const;
      const { next } = await full.ranking(ranking, { limit: 50 });
      for (const page of [{ limit: 50 }, { limit: 50, after: next! }]) {
        const read = await consumed(() => full.ranking(ranking, page));
        expect(read).toMatchObject({ requests: 1, entries: 50, write: 0 });
        expect(read.read).toBeLessThanOrEqual(2.5);
      }
    }
  });

  it('of aggregates is one query, for at most 2.5 read units, and one more for the figures of a series', async () => {
    const companies = await consumed(() => full.aggregates('country', undefined, { limit: 50 }));
    expect(companies).toMatchObject({ requests: 1, entries: 50 * AGGREGATE_SHARDS.length + 1 });
    expect(companies.read).toBeLessThanOrEqual(2.5);

    const { series } = seriesAt(1);
    const both = await consumed(() => full.aggregates('country', series, { limit: 50 }));
    expect(both.requests).toBe(2);
    expect(both.read - companies.read).toBeLessThanOrEqual(2.5);
  });
});

describe('a definition', () => {
  it('is read for half a read unit and saved for one write unit', async () => {
    const definition = { metric: 'price', ranked: true, revision: 1, updatedAt: minutesLater(0) };
    expect(await consumed(() => definitions.save(definition))).toMatchObject({ requests: 1, write: 1 });
    expect(await consumed(() => definitions.find('price', 'eventual'))).toMatchObject({ read: 0.5 });
  });
});

describe('an observation that waits', () => {
  it('is kept for two write units, and two more a transaction', async () => {
    const waiting = Array.from({ length: 99 }, (_, index) => ({
      identifier: tickerOf('GS'),
      observation: observationOf(
        { metric: 'price', unit: 'USD', observedAt: '2024', source: 'file', value: String(index) },
        bigJsArithmetic,
      ),
      since: minutesLater(0),
    }));
    expect(await consumed(() => pending.keep(waiting))).toMatchObject({ requests: 1, read: 0, write: 200 });
  });
});
