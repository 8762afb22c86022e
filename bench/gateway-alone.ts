import { documentClient } from '../src/adapters/dynamodb/document-client.ts';
import { createGateway } from '../src/adapters/local/gateway.ts';
import { jsonLog } from '../src/adapters/system/json-log.ts';
import { bothApis } from '../src/entrypoints/composition/apis.ts';
import { profilesContainer, statisticsContainer } from '../src/entrypoints/composition/compose.ts';
import { readConfig } from '../src/entrypoints/composition/config.ts';
import {
  profilesOnDynamoDb,
  statisticsOnDynamoDb,
} from '../src/entrypoints/composition/dynamodb-adapters.ts';
import { profilesApiUseCases } from '../src/entrypoints/composition/profiles-use-cases.ts';
import { statisticsService } from '../src/entrypoints/composition/statistics-use-cases.ts';
import { frontDoor } from '../src/entrypoints/local/front-door.ts';
import { PROFILES_TABLE, STATISTICS_TABLE } from '../infra/tables.ts';

// The local gateway and what it serves, without the pipeline: on AWS that runs elsewhere, too.
const config = readConfig();
const { dynamoDbEndpoint, aws } = config;
const client = documentClient({ endpoint: dynamoDbEndpoint });
const log = jsonLog(process.stderr, config.logLevel ?? 'warn');
const { access, guard } = frontDoor(config, log);
const api = bothApis(
  profilesApiUseCases(
    profilesContainer(profilesOnDynamoDb(client, aws.profilesTable ?? PROFILES_TABLE.name)),
  ),
  statisticsService(
    statisticsContainer(statisticsOnDynamoDb(client, aws.statisticsTable ?? STATISTICS_TABLE.name)),
  ),
  { cursorSecret: 'not secret', access, log },
);
const gateway = createGateway({ apis: [guard(api)], log });
const { port } = await gateway.listen(0, '127.0.0.1');
console.log(`running at http://127.0.0.1:${port}`);
process.on('SIGTERM', () => void gateway.close().then(() => client.destroy()));
