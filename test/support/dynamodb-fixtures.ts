import { DynamoDbCompanyDirectory } from '../../src/adapters/dynamodb/profiles/dynamodb-company-directory.ts';
import { DynamoDbCompanyRepository } from '../../src/adapters/dynamodb/profiles/dynamodb-company-repository.ts';
import { DynamoDbDocuments } from '../../src/adapters/dynamodb/profiles/dynamodb-documents.ts';
import { DynamoDbIdentifierClaims } from '../../src/adapters/dynamodb/profiles/dynamodb-identifier-claims.ts';
import { DynamoDbIdentifierIndex } from '../../src/adapters/dynamodb/profiles/dynamodb-identifier-index.ts';
import { DynamoDbImports } from '../../src/adapters/dynamodb/profiles/dynamodb-imports.ts';
import { DynamoDbRevisionLog } from '../../src/adapters/dynamodb/profiles/dynamodb-revision-log.ts';
import { DynamoDbSetAsideObjects } from '../../src/adapters/dynamodb/profiles/dynamodb-set-aside-objects.ts';
import { DynamoDbObservations } from '../../src/adapters/dynamodb/statistics/dynamodb-observations.ts';
import { DynamoDbRollupRecords } from '../../src/adapters/dynamodb/statistics/dynamodb-rollup-records.ts';
import { DynamoDbSeriesReadings } from '../../src/adapters/dynamodb/statistics/dynamodb-series-readings.ts';
import { DynamoDbSetAsideEvents } from '../../src/adapters/dynamodb/statistics/dynamodb-set-aside-events.ts';
import { DynamoDbTrackedCompanies } from '../../src/adapters/dynamodb/statistics/dynamodb-tracked-companies.ts';
import { DynamoDbTrackedSeries } from '../../src/adapters/dynamodb/statistics/dynamodb-tracked-series.ts';
import { DynamoDbCountedDocuments } from '../../src/adapters/dynamodb/statistics/dynamodb-counted-documents.ts';
import type { TestDynamoDb } from './dynoxide.ts';
import { ManualClock } from './manual-clock.ts';
import type { ProfilesFixture } from './profiles-fixture.ts';
import type { StatisticsFixture } from './statistics-fixture.ts';

export async function profilesInDynamoDb({ client, createTables }: TestDynamoDb): Promise<ProfilesFixture> {
  const { profiles } = await createTables();
  const clock = new ManualClock();
  return {
    companies: new DynamoDbCompanyRepository(client, profiles, { nowMs: () => Date.parse(clock.now()) }),
    directory: new DynamoDbCompanyDirectory(client, profiles),
    identifiers: new DynamoDbIdentifierIndex(client, profiles),
    claims: new DynamoDbIdentifierClaims(client, profiles),
    revisions: new DynamoDbRevisionLog(client, profiles),
    documents: new DynamoDbDocuments(client, profiles),
    setAsideObjects: new DynamoDbSetAsideObjects(client, profiles),
    imports: new DynamoDbImports(client, profiles),
    clock,
    // The engine's indexes are written with the table.
    settle: () => {},
  };
}

export async function statisticsInDynamoDb({
  client,
  createTables,
}: TestDynamoDb): Promise<StatisticsFixture> {
  const { statistics } = await createTables();
  return {
    tracked: new DynamoDbTrackedCompanies(client, statistics),
    documents: new DynamoDbCountedDocuments(client, statistics),
    setAside: new DynamoDbSetAsideEvents(client, statistics),
    observations: new DynamoDbObservations(client, statistics),
    readings: new DynamoDbSeriesReadings(client, statistics),
    trackedSeries: new DynamoDbTrackedSeries(client, statistics, 0),
    rollupRecords: new DynamoDbRollupRecords(client, statistics),
    // The engine's indexes are written with the table.
    settle: () => {},
  };
}
