import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DynamoDbObservations } from '../../../src/adapters/dynamodb/statistics/dynamodb-observations.ts';
import { bigJsArithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { RecordObservations } from '../../../src/application/statistics/record-observations.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import type { StatedObservation } from '../../../src/domain/statistics/observation.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { conflicting, losingTheFirstAnswer } from '../../support/database-faults.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { anObservation, aReport, firstOf, PRICE } from '../../support/observation-mother.ts';

const ACME = companyIdAt(1);

let dynamoDb: TestDynamoDb;
let observations: DynamoDbObservations;
let recordObservations: RecordObservations;
let pauses: number[];

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(() => dynamoDb.stop());

beforeEach(async () => {
  const { statistics } = await dynamoDb.createTables();
  pauses = [];
  const backoff = async (tries: number): Promise<void> => void pauses.push(tries);
  observations = new DynamoDbObservations(dynamoDb.client, statistics, { backoff });
  recordObservations = new RecordObservations(observations, bigJsArithmetic, backoff);
});

async function recorded(...stated: StatedObservation[]): Promise<string[]> {
  return (await recordObservations.execute(ACME, stated)).map(({ status }) => status);
}

async function figures(): Promise<object | undefined> {
  const [stored] = await observations.rollups(ACME, [{ series: PRICE, years: [] }]);
  return stored?.figures;
}

const lost = <Answer>(command: string, work: () => Promise<Answer>) =>
  losingTheFirstAnswer(dynamoDb.client, command, work);

describe('a recording that was written although its answer was lost', () => {
  it('finds itself done, and counts once', async () => {
    for (const [index, year] of ['2023', '2024'].entries()) {
      const { answer, attempts } = await lost('TransactWriteItemsCommand', () =>
        recorded(anObservation(year, '1'), anObservation(`${year}-01`, '2')),
      );
      expect(attempts).toBe(2);
      expect(answer).toEqual(['recorded', 'recorded']);
      expect(await figures()).toMatchObject({ count: 2 * (index + 1), sum: String(3 * (index + 1)) });
    }
  });

  it('of a correction finds itself done', async () => {
    await recorded(anObservation('2024', '1'));
    const { series, rollup } = firstOf([anObservation('2024', '3')]);
    const change = {
      series,
      rollup: { ...rollup!, revisionBefore: 1 },
      observations: [
        {
          observation: anObservation('2024', '3', { reportedAt: '2025' }),
          revisionBefore: 1,
          earlier: { added: [aReport('1')], removed: [] },
        },
      ],
    };
    const { answer, attempts } = await lost('TransactWriteItemsCommand', () =>
      observations.commit(ACME, [change]),
    );
    expect({ answer, attempts }).toEqual({ answer: undefined, attempts: 2 });
    expect(await figures()).toMatchObject({ count: 1, sum: '3' });
  });

  it('of a time of report alone, which is a plain write, finds itself done', async () => {
    await recorded(anObservation('2024', '1'));
    const change = {
      series: PRICE,
      observations: [
        {
          observation: anObservation('2024', '1', { reportedAt: '2025' }),
          revisionBefore: 1,
          earlier: { added: [], removed: [] },
        },
      ],
    };
    const { answer, attempts } = await lost('PutItemCommand', () => observations.commit(ACME, [change]));
    expect({ answer, attempts }).toEqual({ answer: undefined, attempts: 2 });
  });

  it('finds itself done where others have changed a part of it since', async () => {
    const commit = await racing(async () => {
      await recorded(anObservation('2025', '5'));
    });
    expect(commit).toBeUndefined();
  });

  it('is refused where others have changed all of it since, and is known when it comes again', async () => {
    const refused = await racing(async () => {
      await recorded(anObservation('2025', '5'), anObservation('2024', '1', { reportedAt: '2026' }));
    });
    expect(refused).toMatchObject({ isOvertaken: true, found: [{ value: '1', reportedAt: '2026' }] });
    expect(await recorded(anObservation('2024', '1'))).toEqual(['unchanged']);
    expect(await figures()).toMatchObject({ count: 2, sum: '6' });
  });

  /** Commits the first observation of a series, while others write between the first try and the second one. */
  async function racing(others: () => Promise<void>) {
    let tries = 0;
    dynamoDb.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName !== 'TransactWriteItemsCommand' || ++tries !== 2) return next(args);
          await others();
          return next(args);
        },
      { step: 'finalizeRequest', name: 'others', priority: 'low' },
    );
    try {
      const { answer } = await lost('TransactWriteItemsCommand', () =>
        observations.commit(ACME, [firstOf([anObservation('2024', '1')])]),
      );
      return answer;
    } finally {
      dynamoDb.client.middlewareStack.remove('others');
    }
  }
});

describe('a recording that other transactions keep out', () => {
  it('is tried again', async () => {
    const status = await conflicting(dynamoDb.client, 'TransactWriteItemsCommand', 3, () =>
      recorded(anObservation('2024', '1')),
    );
    expect(status).toEqual(['recorded']);
    expect(pauses).toEqual([1, 2, 3]);
  });

  it('is given up at last', async () => {
    const recording = conflicting(dynamoDb.client, 'TransactWriteItemsCommand', Infinity, () =>
      recorded(anObservation('2024', '1')),
    );
    await expect(recording).rejects.toThrow(Unavailable);
    expect(await figures()).toBeUndefined();
  });
});

describe('a recording between whose reads another one comes', () => {
  it('counts both', async () => {
    await recorded(anObservation('2024-01', '1'));
    let reads = 0;
    dynamoDb.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const answer = await next(args);
          if (commandName === 'BatchGetItemCommand' && ++reads === 1) {
            await recorded(anObservation('2024-02', '10'));
          }
          return answer;
        },
      { step: 'initialize', name: 'between', priority: 'low' },
    );
    try {
      expect(await recorded(anObservation('2024-03', '100'))).toEqual(['recorded']);
    } finally {
      dynamoDb.client.middlewareStack.remove('between');
    }
    const years = await observations.years(ACME, PRICE);
    expect(Object.keys(years.get('2024') ?? {})).toEqual(['01', '02', '03']);
    expect(await figures()).toMatchObject({ count: 3, sum: '111' });
  });
});
