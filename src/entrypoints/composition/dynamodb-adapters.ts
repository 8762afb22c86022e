import type { DocumentClient } from '../../adapters/dynamodb/document-client.ts';
import { DynamoDbCompanyDirectory } from '../../adapters/dynamodb/profiles/dynamodb-company-directory.ts';
import { DynamoDbCompanyRepository } from '../../adapters/dynamodb/profiles/dynamodb-company-repository.ts';
import { DynamoDbDocuments } from '../../adapters/dynamodb/profiles/dynamodb-documents.ts';
import { DynamoDbIdentifierClaims } from '../../adapters/dynamodb/profiles/dynamodb-identifier-claims.ts';
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
import type { Bindings } from './containers.ts';
import { PORTS } from './tokens.ts';

/** The profiles service on its table. */
export function profilesOnDynamoDb(client: DocumentClient, table: string): Bindings {
  return (bind) => {
    companiesOnDynamoDb(client, table)(bind);
    documentsOnDynamoDb(client, table)(bind);
    // The audit alone mends claims.
    bind(PORTS.identifierClaims).toConstantValue(new DynamoDbIdentifierClaims(client, table));
  };
}

/** Companies one by one. */
export function companyRepositoryOnDynamoDb(client: DocumentClient, table: string): Bindings {
  return (bind) => {
    bind(PORTS.companies).toConstantValue(new DynamoDbCompanyRepository(client, table));
  };
}

/** Companies with their lists and their history. */
export function companiesOnDynamoDb(client: DocumentClient, table: string): Bindings {
  return (bind) => {
    companyRepositoryOnDynamoDb(client, table)(bind);
    bind(PORTS.companyDirectory).toConstantValue(new DynamoDbCompanyDirectory(client, table));
    bind(PORTS.identifiers).toConstantValue(new DynamoDbIdentifierIndex(client, table));
    bind(PORTS.revisions).toConstantValue(new DynamoDbRevisionLog(client, table));
  };
}

/** What there is beside companies once there is an object store: documents and imports. */
export function documentsOnDynamoDb(client: DocumentClient, table: string): Bindings {
  return (bind) => {
    bind(PORTS.documents).toConstantValue(new DynamoDbDocuments(client, table));
    bind(PORTS.setAsideObjects).toConstantValue(new DynamoDbSetAsideObjects(client, table));
    bind(PORTS.imports).toConstantValue(new DynamoDbImports(client, table));
  };
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
): Bindings {
  return (bind) => {
    figuresOnDynamoDb(client, table)(bind);
    inboxOnDynamoDb(client, table)(bind);
    boardsOnDynamoDb(client, table, indexLagMs)(bind);
    recordsOnDynamoDb(client, table)(bind);
  };
}

/** What the HTTP interface reads and states. */
export function figuresOnDynamoDb(client: DocumentClient, table: string): Bindings {
  return (bind) => {
    bind(PORTS.trackedCompanies).toConstantValue(new DynamoDbTrackedCompanies(client, table));
    bind(PORTS.observations).toConstantValue(new DynamoDbObservations(client, table));
    bind(PORTS.seriesReadings).toConstantValue(new DynamoDbSeriesReadings(client, table));
    bind(PORTS.metricDefinitions).toConstantValue(new DynamoDbMetricDefinitions(client, table));
    bind(PORTS.rankings).toResolvedValue(
      (decimals) => new DynamoDbRankings(client, table, decimals),
      [PORTS.decimals],
    );
  };
}

/** What waits, or is set aside, of what others send. */
export function inboxOnDynamoDb(client: DocumentClient, table: string): Bindings {
  return (bind) => {
    bind(PORTS.countedDocuments).toConstantValue(new DynamoDbCountedDocuments(client, table));
    bind(PORTS.setAsideEvents).toConstantValue(new DynamoDbSetAsideEvents(client, table));
    bind(PORTS.pendingObservations).toConstantValue(new DynamoDbPendingObservations(client, table));
  };
}

/** What is projected from the stream of the table. */
export function boardsOnDynamoDb(client: DocumentClient, table: string, indexLagMs = INDEX_LAG_MS): Bindings {
  return (bind) => {
    bind(PORTS.trackedSeries).toConstantValue(new DynamoDbTrackedSeries(client, table, indexLagMs));
    bind(PORTS.boards).toResolvedValue(
      (...ports) => new DynamoDbBoards(client, table, ...ports),
      [PORTS.decimals, PORTS.clock],
    );
  };
}

/** Everything as it is kept, for the audit and for exports. */
function recordsOnDynamoDb(client: DocumentClient, table: string): Bindings {
  return (bind) => {
    bind(PORTS.rollupRecords).toConstantValue(new DynamoDbRollupRecords(client, table));
    bind(PORTS.boardRecords).toResolvedValue(
      (clock) => new DynamoDbBoardRecords(client, table, clock),
      [PORTS.clock],
    );
  };
}
