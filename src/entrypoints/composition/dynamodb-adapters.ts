import { ContainerModule } from 'inversify';
import type { DocumentClient } from '../../adapters/dynamodb/document-client.ts';
import { DynamoDbCompanyDirectory } from '../../adapters/dynamodb/profiles/dynamodb-company-directory.ts';
import { DynamoDbCompanyRepository } from '../../adapters/dynamodb/profiles/dynamodb-company-repository.ts';
import { DynamoDbIdentifierIndex } from '../../adapters/dynamodb/profiles/dynamodb-identifier-index.ts';
import { DynamoDbRevisionLog } from '../../adapters/dynamodb/profiles/dynamodb-revision-log.ts';
import { DynamoDbSetAsideEvents } from '../../adapters/dynamodb/statistics/dynamodb-set-aside-events.ts';
import { DynamoDbTrackedCompanies } from '../../adapters/dynamodb/statistics/dynamodb-tracked-companies.ts';
import { PORTS } from './tokens.ts';

/** The profiles service on its table. */
export function profilesOnDynamoDb(client: DocumentClient, table: string): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(PORTS.companies).toConstantValue(new DynamoDbCompanyRepository(client, table));
    bind(PORTS.companyDirectory).toConstantValue(new DynamoDbCompanyDirectory(client, table));
    bind(PORTS.identifiers).toConstantValue(new DynamoDbIdentifierIndex(client, table));
    bind(PORTS.revisions).toConstantValue(new DynamoDbRevisionLog(client, table));
  });
}

/** The statistics service on its table. */
export function statisticsOnDynamoDb(client: DocumentClient, table: string): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(PORTS.trackedCompanies).toConstantValue(new DynamoDbTrackedCompanies(client, table));
    bind(PORTS.setAsideEvents).toConstantValue(new DynamoDbSetAsideEvents(client, table));
  });
}
