import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { tableStream } from '../../src/adapters/dynamodb/table-stream.ts';
import { statisticsOnDynamoDb } from '../../src/entrypoints/composition/dynamodb-adapters.ts';
import { startDynamoDb, type TestDynamoDb } from '../support/dynoxide.ts';
import { documentHistories, histories, replay } from '../support/statistics-history.ts';
import { shortOrLong } from '../support/test-length.ts';
import { inMemoryStatisticsBackend, type StatisticsBackend } from '../support/whole-system.ts';

describe('statistics come to what plain loops over the same reports come to', () => {
  let dynamoDb: TestDynamoDb;

  beforeAll(async () => {
    dynamoDb = await startDynamoDb();
  });

  afterAll(async () => {
    await dynamoDb.stop();
  });

  async function inDynamoDb(): Promise<StatisticsBackend> {
    const { statistics } = await dynamoDb.createTables();
    const { client, endpoint } = dynamoDb;
    return {
      adapters: statisticsOnDynamoDb(client, statistics, 0),
      stream: () =>
        tableStream(client, endpoint, statistics, () => {
          throw new Error('the stream was trimmed');
        }),
      // The engine's indexes are written with the table.
      lag: () => {},
      catchUp: () => {},
    };
  }

  it('in memory, whatever failed, lagged, came twice, too late or out of order', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => replay(inMemoryStatisticsBackend(), steps)),
      { numRuns: shortOrLong(120, 1_000) },
    );
  });

  it('of documents, whatever failed, came twice, too late or out of order', async () => {
    await fc.assert(
      fc.asyncProperty(documentHistories, async (steps) => replay(inMemoryStatisticsBackend(), steps)),
      { numRuns: shortOrLong(40, 1_000) },
    );
  });

  it('in DynamoDB, whatever failed, came twice, too late or out of order', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => replay(await inDynamoDb(), steps)),
      { numRuns: shortOrLong(5, 500) },
    );
  }, 3_600_000);
});
