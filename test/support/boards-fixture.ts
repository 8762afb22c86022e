import type { BoardRecords } from '../../src/application/statistics/ports/board-records.ts';
import type { Boards } from '../../src/application/statistics/ports/boards.ts';
import type { MetricDefinitions } from '../../src/application/statistics/ports/metric-definitions.ts';
import type { PendingObservations } from '../../src/application/statistics/ports/pending-observations.ts';
import type { Rankings } from '../../src/application/statistics/ports/rankings.ts';
import { DynamoDbBoardRecords } from '../../src/adapters/dynamodb/statistics/dynamodb-board-records.ts';
import { DynamoDbBoards } from '../../src/adapters/dynamodb/statistics/dynamodb-boards.ts';
import { DynamoDbMetricDefinitions } from '../../src/adapters/dynamodb/statistics/dynamodb-metric-definitions.ts';
import { DynamoDbPendingObservations } from '../../src/adapters/dynamodb/statistics/dynamodb-pending-observations.ts';
import { DynamoDbRankings } from '../../src/adapters/dynamodb/statistics/dynamodb-rankings.ts';
import { InMemoryBoardRecords } from '../../src/adapters/in-memory/statistics/in-memory-board-records.ts';
import { InMemoryBoards } from '../../src/adapters/in-memory/statistics/in-memory-boards.ts';
import { InMemoryMetricDefinitions } from '../../src/adapters/in-memory/statistics/in-memory-metric-definitions.ts';
import { InMemoryPendingObservations } from '../../src/adapters/in-memory/statistics/in-memory-pending-observations.ts';
import { InMemoryProjections } from '../../src/adapters/in-memory/statistics/in-memory-projections.ts';
import { InMemoryRankings } from '../../src/adapters/in-memory/statistics/in-memory-rankings.ts';
import { bigJsArithmetic } from '../../src/adapters/system/big-js-arithmetic.ts';
import type { TestDynamoDb } from './dynoxide.ts';
import { ManualClock } from './manual-clock.ts';

/** The ports of what is projected of companies and series, over one new, empty store. */
export interface BoardsFixture {
  readonly boards: Boards;
  readonly records: BoardRecords;
  readonly rankings: Rankings;
  readonly definitions: MetricDefinitions;
  readonly pending: PendingObservations;
  readonly clock: ManualClock;
  /** Has eventual reads show all that was written. */
  settle(): void;
}

/** @param lag the most writes that eventual reads may miss */
export function boardsInMemory(lag = 0): BoardsFixture {
  const clock = new ManualClock();
  const projections = new InMemoryProjections();
  const definitions = new InMemoryMetricDefinitions();
  projections.lag(lag);
  definitions.lag(lag);
  return {
    boards: new InMemoryBoards(projections, clock),
    records: new InMemoryBoardRecords(projections, clock, bigJsArithmetic),
    rankings: new InMemoryRankings(projections, bigJsArithmetic),
    definitions,
    pending: new InMemoryPendingObservations(projections),
    clock,
    settle: () => {
      projections.catchUp();
      definitions.catchUp();
    },
  };
}

export async function boardsInDynamoDb({ client, createTables }: TestDynamoDb): Promise<BoardsFixture> {
  const { statistics } = await createTables();
  const clock = new ManualClock();
  return {
    boards: new DynamoDbBoards(client, statistics, bigJsArithmetic, clock),
    records: new DynamoDbBoardRecords(client, statistics, clock),
    rankings: new DynamoDbRankings(client, statistics, bigJsArithmetic),
    definitions: new DynamoDbMetricDefinitions(client, statistics),
    pending: new DynamoDbPendingObservations(client, statistics),
    clock,
    // The engine's indexes are written with the table.
    settle: () => {},
  };
}
