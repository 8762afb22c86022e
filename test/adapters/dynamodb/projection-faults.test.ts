import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbBoards } from '../../../src/adapters/dynamodb/statistics/dynamodb-boards.ts';
import { DynamoDbMetricDefinitions } from '../../../src/adapters/dynamodb/statistics/dynamodb-metric-definitions.ts';
import { DynamoDbPendingObservations } from '../../../src/adapters/dynamodb/statistics/dynamodb-pending-observations.ts';
import { DynamoDbRankings } from '../../../src/adapters/dynamodb/statistics/dynamodb-rankings.ts';
import { aggregateKey } from '../../../src/adapters/dynamodb/statistics/statistics-keys.ts';
import { shardOf } from '../../../src/adapters/dynamodb/statistics/aggregate-item.ts';
import { bigJsArithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import type {
  PendingObservation,
  PendingObservations,
} from '../../../src/application/statistics/ports/pending-observations.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { observationOf } from '../../../src/domain/statistics/observation.ts';
import type { Identifier } from '../../../src/domain/statistics/tracked-company.ts';
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
  boards = new DynamoDbBoards(dynamoDb.client, table, bigJsArithmetic, new ManualClock(), pause);
  rankings = new DynamoDbRankings(dynamoDb.client, table, bigJsArithmetic);
});

const countries = async () => (await rankings.aggregates('country', PRICE, { limit: 10 })).items;

/** Has a rival do something right before the command is sent, so many times. */
async function withRival<Answer>(
  commandName: string,
  times: number,
  rival: (time: number) => Promise<unknown>,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const { middlewareStack } = dynamoDb.client;
  let done = 0;
  middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === commandName && done < times) await rival(++done);
      return next(args);
    },
    { step: 'initialize', name: 'rival' },
  );
  try {
    return await work();
  } finally {
    middlewareStack.remove('rival');
  }
}

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

    await losingTheFirstAnswer(dynamoDb.client, TRANSACTION, () => pending.keep([waitingFor('1')]));
    expect(await identifiersOf(pending)).toEqual([tickerOf('A')]);

    await losingTheFirstAnswer(dynamoDb.client, 'DeleteItemCommand', () => pending.remove([waitingFor('1')]));
    expect(await identifiersOf(pending)).toEqual([]);
  });
});

describe('an identifier for which something comes to wait', () => {
  it('stays listed although another one has just found that nothing waits any more', async () => {
    const pending = new DynamoDbPendingObservations(dynamoDb.client, table);
    await pending.keep([waitingFor('1')]);

    await withRival(
      'DeleteItemCommand',
      1,
      () => pending.keep([waitingFor('2')]),
      () => pending.remove([waitingFor('1')]),
    );

    expect(await identifiersOf(pending)).toEqual([tickerOf('A')]);
  });
});

function waitingFor(value: string): PendingObservation {
  const stated = { metric: 'price', unit: 'USD', observedAt: '2024', source: 'file', value };
  return {
    identifier: tickerOf('A'),
    observation: observationOf(stated, bigJsArithmetic),
    since: minutesLater(0),
  };
}

async function identifiersOf(pending: PendingObservations): Promise<Identifier[]> {
  const identifiers: Identifier[] = [];
  for await (const identifier of pending.identifiers()) identifiers.push(identifier);
  return identifiers;
}

describe('aggregates that others change between their reading and their writing', () => {
  /** Commits the standing of a company, while another one comes between so many times. */
  async function overtaken(times: number): Promise<void> {
    await stand(boards, seriesAt(2), aStanding('1'));
    await belong(boards, companyIdAt(1), aMembership());
    const stale = await standingChange(boards, seriesAt(2), aStanding('2'));
    await stand(boards, seriesAt(2), aStanding('1', { companyName: 'Renamed' }));
    const changes = changesOf(stale, await standingChange(boards, seriesAt(1), aStanding('5')));
    pauses = [];
    expect(await withRival(TRANSACTION, times, overtake, () => boards.commit(changes))).toEqual(
      changesOf(stale),
    );
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

  it('are known to the rest of a commit that takes several transactions', async () => {
    const changes = await Promise.all(
      Array.from({ length: 70 }, (_, index) => standingChange(boards, seriesAt(index), aStanding('1'))),
    );

    expect(await boards.commit(changesOf(...changes))).toEqual(NONE);

    expect(pauses).toEqual([]);
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
