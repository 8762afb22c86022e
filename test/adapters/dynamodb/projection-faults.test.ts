import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbBoards } from '../../../src/adapters/dynamodb/statistics/dynamodb-boards.ts';
import { DynamoDbMetricDefinitions } from '../../../src/adapters/dynamodb/statistics/dynamodb-metric-definitions.ts';
import { DynamoDbPendingObservations } from '../../../src/adapters/dynamodb/statistics/dynamodb-pending-observations.ts';
import { DynamoDbRankings } from '../../../src/adapters/dynamodb/statistics/dynamodb-rankings.ts';
import { aggregateKey } from '../../../src/adapters/dynamodb/statistics/statistics-keys.ts';
import { shardOf } from '../../../src/adapters/dynamodb/statistics/aggregate-item.ts';
import { decimalJsArithmetic } from '../../../src/adapters/system/decimal-js-arithmetic.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { observationOf } from '../../../src/domain/statistics/observation.ts';
import { companyIdAt, minutesLater, tickerOf } from '../../support/company-mother.ts';
import { conflicting, losingTheFirstAnswer } from '../../support/database-faults.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import {
  aMembership,
  aStanding,
  belong,
  changesOf,
  membershipChange,
  NONE,
  PRICE,
  seriesAt,
  stand,
  standingChange,
  US,
} from '../../support/standing-mother.ts';

const TRANSACTION = 'TransactWriteItemsCommand';

let dynamoDb: TestDynamoDb;
let table: string;
let boards: DynamoDbBoards;
let rankings: DynamoDbRankings;
let pauses: number[];

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(() => dynamoDb.stop());

beforeEach(async () => {
  table = (await dynamoDb.createTables()).statistics;
  pauses = [];
  const pause = async (tries: number): Promise<void> => void pauses.push(tries);
  boards = new DynamoDbBoards(dynamoDb.client, table, decimalJsArithmetic, new ManualClock(), pause);
  rankings = new DynamoDbRankings(dynamoDb.client, table, decimalJsArithmetic);
});

const countries = async () => (await rankings.aggregates('country', PRICE, { limit: 10 })).items;

describe('a commit that was applied although its answer was lost', () => {
  it('is done once, of several companies', async () => {
    await stand(boards, seriesAt(2), aStanding('7'));
    const changes = changesOf(
      await standingChange(boards, seriesAt(1), aStanding('5')),
      await standingChange(boards, seriesAt(2)),
      await membershipChange(boards, companyIdAt(1), aMembership({ identifiers: [tickerOf('A')] })),
    );

    const { answer, attempts } = await losingTheFirstAnswer(dynamoDb.client, TRANSACTION, () =>
      boards.commit(changes),
    );

    expect(attempts).toBe(2);
    expect(answer).toEqual(NONE);
    expect(await countries()).toEqual([{ group: 'US', companies: 1, figures: { count: 1, sum: '5' } }]);
    expect(await boards.standings([seriesAt(1), seriesAt(2)])).toMatchObject([
      { revision: 1 },
      { revision: 2 },
    ]);
  });

  it('is told stale where another one came between and said something else', async () => {
    const ours = await standingChange(boards, seriesAt(1), aStanding('5'));
    await boards.commit(changesOf(ours));
    await stand(boards, seriesAt(1), aStanding('6'));

    expect(await boards.commit(changesOf(ours))).toEqual(changesOf(ours));
  });

  it('has saved a definition', async () => {
    const definitions = new DynamoDbMetricDefinitions(dynamoDb.client, table);
    const definition = { metric: 'price', ranked: true, revision: 1, updatedAt: minutesLater(0) };

    const { answer, attempts } = await losingTheFirstAnswer(dynamoDb.client, 'PutItemCommand', () =>
      definitions.save(definition),
    );

    expect(attempts).toBe(2);
    expect(answer).toBe(true);
  });

  it('has kept, or removed, what waits', async () => {
    const pending = new DynamoDbPendingObservations(dynamoDb.client, table);
    const stated = { metric: 'price', unit: 'USD', observedAt: '2024', source: 'file', value: '1' };
    const waiting = {
      identifier: tickerOf('A'),
      observation: observationOf(stated, decimalJsArithmetic),
      since: minutesLater(0),
    };
    await losingTheFirstAnswer(dynamoDb.client, TRANSACTION, () => pending.keep([waiting]));
    await losingTheFirstAnswer(dynamoDb.client, 'DeleteItemCommand', () => pending.remove([waiting]));
    for await (const identifier of pending.identifiers()) expect(identifier).toBeUndefined();
  });
});

describe('aggregates that others change between their reading and their writing', () => {
  /** Commits the standing of a company, while another one comes between so many times. */
  async function overtaken(times: number): Promise<void> {
    await stand(boards, seriesAt(2), aStanding('1'));
    await belong(boards, companyIdAt(1), aMembership());
    const stale = await standingChange(boards, seriesAt(2), aStanding('2'));
    await stand(boards, seriesAt(2), aStanding('1', { companyName: 'Renamed' }));
    const changes = changesOf(stale, await standingChange(boards, seriesAt(1), aStanding('5')));
    pauses = [];
    let comeBetween = 0;
    dynamoDb.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === TRANSACTION && comeBetween < times) await overtake(++comeBetween);
          return next(args);
        },
      { step: 'initialize', name: 'overtaking' },
    );
    try {
      expect(await boards.commit(changes)).toEqual(changesOf(stale));
    } finally {
      dynamoDb.client.middlewareStack.remove('overtaking');
    }
  }

  const aggregate = aggregateKey(US, shardOf(companyIdAt(1)), PRICE);

  async function overtake(round: number): Promise<void> {
    const Item = { ...aggregate, count: round, sum: `${round}.5`, revision: round + 1 };
    await dynamoDb.client.send(new PutCommand({ TableName: table, Item }));
  }

  it.each([1, 2, 10])('are taken as they are then: %i times', async (times) => {
    await overtaken(times);

    // A stale change is left out at once; only an aggregate that was overtaken again is worth a pause.
    expect(pauses).toHaveLength(times - 1);
    const { Item } = await dynamoDb.client.send(new GetCommand({ TableName: table, Key: { ...aggregate } }));
    expect(Item).toEqual({ ...aggregate, count: times + 1, sum: `${times + 5}.5`, revision: times + 2 });
    expect(await boards.standings([seriesAt(1), seriesAt(2)])).toMatchObject([
      { revision: 1 },
      { revision: 2 },
    ]);
  });

  it('are given up at last, and nothing is written', async () => {
    await expect(overtaken(Infinity)).rejects.toThrow(Unavailable);

    expect(pauses.length).toBeGreaterThan(20);
    expect(await boards.standings([seriesAt(1)])).toMatchObject([{ revision: 0 }]);
  });
});

describe('a commit that other transactions keep out', () => {
  it('is tried again', async () => {
    const change = await standingChange(boards, seriesAt(1), aStanding('5'));

    await conflicting(dynamoDb.client, TRANSACTION, 3, () => boards.commit(changesOf(change)));

    expect(pauses).toEqual([1, 2, 3]);
    expect(await boards.standings([seriesAt(1)])).toMatchObject([{ revision: 1 }]);
  });

  it('is given up at last', async () => {
    const change = await standingChange(boards, seriesAt(1), aStanding('5'));

    const committing = conflicting(dynamoDb.client, TRANSACTION, Infinity, () =>
      boards.commit(changesOf(change)),
    );

    await expect(committing).rejects.toThrow(Unavailable);
  });
});
