import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { InMemoryStatistics } from '../../src/adapters/in-memory/statistics/in-memory-statistics.ts';
import { statisticsContainer } from '../../src/entrypoints/composition/compose.ts';
import { statisticsOnDynamoDb } from '../../src/entrypoints/composition/dynamodb-adapters.ts';
import { statisticsInMemory } from '../../src/entrypoints/composition/in-memory-adapters.ts';
import { PORTS } from '../../src/entrypoints/composition/tokens.ts';
import {
  DynamoDbFigureFaults,
  EditedBoardRecords,
  InMemoryFigureFaults,
  type FigureFaults,
} from './figure-faults.ts';

/** The whole statistics service over one new, empty store, and what a test may do to it. */
export interface FiguresFixture {
  readonly container: ReturnType<typeof statisticsContainer>;
  readonly faults: FigureFaults;
  /** Has eventual reads and lists show all that was written. */
  settle(): void;
}

/** @param lag the most writes that eventual reads and lists may miss */
export function figuresInMemory(lag = 0): FiguresFixture {
  const statistics = new InMemoryStatistics();
  statistics.lag(lag);
  const container = statisticsContainer(statisticsInMemory(statistics));
  const edited = new EditedBoardRecords(container.get(PORTS.boardRecords));
  container.unbind(PORTS.boardRecords);
  container.bind(PORTS.boardRecords).toConstantValue(edited);
  return {
    container,
    faults: new InMemoryFigureFaults(statistics, edited),
    settle: () => statistics.catchUp(),
  };
}

export function figuresInDynamoDb(client: DynamoDBDocumentClient, table: string): FiguresFixture {
  return {
    container: statisticsContainer(statisticsOnDynamoDb(client, table, 0)),
    faults: new DynamoDbFigureFaults(client, table),
    // The engine's indexes are written with the table.
    settle: () => {},
  };
}
