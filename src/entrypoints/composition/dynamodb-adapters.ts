import { ContainerModule } from 'inversify';
import type { DocumentClient } from '../../adapters/dynamodb/document-client.ts';
import { DynamoDbCompanyDirectory } from '../../adapters/dynamodb/profiles/dynamodb-company-directory.ts';
import { DynamoDbCompanyRepository } from '../../adapters/dynamodb/profiles/dynamodb-company-repository.ts';
import { DynamoDbDocuments } from '../../adapters/dynamodb/profiles/dynamodb-documents.ts';
import { DynamoDbIdentifierIndex } from '../../adapters/dynamodb/profiles/dynamodb-identifier-index.ts';
import { DynamoDbImports } from '../../adapters/dynamodb/profiles/dynamodb-imports.ts';
import { DynamoDbRevisionLog } from '../../adapters/dynamodb/profiles/dynamodb-revision-log.ts';
import { DynamoDbSetAsideObjects } from '../../adapters/dynamodb/profiles/dynamodb-set-aside-objects.ts';
import { DynamoDbBoardRecords } from '../../adapters/dynamodb/statistics/dynamodb-board-records.ts';
import { DynamoDbBoards } from '../../adapters/dynamodb/statistics/dynamodb-boards.ts';
import { DynamoDbCountedDocuments } from '../../adapters/dynamodb/statistics/dynamodb-counted-documents.ts';
import { DynamoDbMetricDefinitions } from '../../adapters/dynamodb/statistics/dynamodb-metric-definitions.ts';
import { DynamoDbObservations } from '../../adapters/dynamodb/statistics/dynamodb-observations.ts';
import { DynamoDbPendingObservations } from '../../adapters/dynamodb/statistics/dynamodb-pending-observations.ts';
import { DynamoDbRankings } from '../../adapters/dynamodb/statistics/dynamodb-rankings.ts';
import { DynamoDbRollupRecords } from '../../adapters/dynamodb/statistics/dynamodb-rollup-records.ts';
import { DynamoDbSeriesReadings } from '../../adapters/dynamodb/statistics/dynamodb-series-readings.ts';
import { DynamoDbSetAsideEvents } from '../../adapters/dynamodb/statistics/dynamodb-set-aside-events.ts';
import { DynamoDbTrackedSeries } from '../../adapters/dynamodb/statistics/dynamodb-tracked-series.ts';
import { DynamoDbTrackedCompanies } from '../../adapters/dynamodb/statistics/dynamodb-tracked-companies.ts';
import { PORTS } from './tokens.ts';

/** The profiles service on its table. */
export function profilesOnDynamoDb(client: DocumentClient, table: string): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(PORTS.companies).toConstantValue(new DynamoDbCompanyRepository(client, table));
    bind(PORTS.companyDirectory).toConstantValue(new DynamoDbCompanyDirectory(client, table));
    bind(PORTS.identifiers).toConstantValue(new DynamoDbIdentifierIndex(client, table));
    bind(PORTS.revisions).toConstantValue(new DynamoDbRevisionLog(client, table));
    bind(PORTS.documents).toConstantValue(new DynamoDbDocuments(client, table));
    bind(PORTS.setAsideObjects).toConstantValue(new DynamoDbSetAsideObjects(client, table));
    bind(PORTS.imports).toConstantValue(new DynamoDbImports(client, table));
  });
}

/** An index follows its table within a second; a loaded one takes longer. No bound is promised. */
const INDEX_LAG_MS = 10_000;

/**
 * The statistics service on its table.
 *
 * @param indexLagMs how far the table's indexes may be behind it: not at all where an engine writes both at once
 */
export function statisticsOnDynamoDb(
  client: DocumentClient,
  table: string,
  indexLagMs = INDEX_LAG_MS,
): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(PORTS.trackedCompanies).toConstantValue(new DynamoDbTrackedCompanies(client, table));
    bind(PORTS.countedDocuments).toConstantValue(new DynamoDbCountedDocuments(client, table));
    bind(PORTS.setAsideEvents).toConstantValue(new DynamoDbSetAsideEvents(client, table));
    bind(PORTS.observations).toConstantValue(new DynamoDbObservations(client, table));
    bind(PORTS.seriesReadings).toConstantValue(new DynamoDbSeriesReadings(client, table));
    bind(PORTS.trackedSeries).toConstantValue(new DynamoDbTrackedSeries(client, table, indexLagMs));
    bind(PORTS.metricDefinitions).toConstantValue(new DynamoDbMetricDefinitions(client, table));
    bind(PORTS.pendingObservations).toConstantValue(new DynamoDbPendingObservations(client, table));
    bind(PORTS.boards).toResolvedValue(
      (...ports) => new DynamoDbBoards(client, table, ...ports),
      [PORTS.decimals, PORTS.clock],
    );
    bind(PORTS.rollupRecords).toConstantValue(new DynamoDbRollupRecords(client, table));
    bind(PORTS.boardRecords).toResolvedValue(
      (clock) => new DynamoDbBoardRecords(client, table, clock),
      [PORTS.clock],
    );
    bind(PORTS.rankings).toResolvedValue(
      (decimals) => new DynamoDbRankings(client, table, decimals),
      [PORTS.decimals],
    );
  });
}
