import { documentClient, dynamoDbClient } from '../../adapters/dynamodb/document-client.ts';
import { queryAction } from '../../adapters/dynamodb/query-action.ts';
import { directSummaryRoute } from '../../adapters/http/statistics/direct/direct-summary-route.ts';
import { readSummaryTemplates } from '../../adapters/http/statistics/direct/summary-templates.ts';
import { createGateway } from '../../adapters/local/gateway.ts';
import { createIntegrationHandler } from '../../adapters/local/integration-handler.ts';
import type { Log } from '../../adapters/system/json-log.ts';
import { bothApis } from '../composition/apis.ts';
import { composeRegistry } from '../composition/compose.ts';
import type { AwsResources, Config } from '../composition/config.ts';
import { profilesOnDynamoDb, statisticsOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { snsPublisher } from '../composition/sns-publisher.ts';
import { newCursorSecret } from './cursor-secret.ts';
import { frontDoor } from './front-door.ts';
import type { LocalSystem } from './local-system.ts';

/**
 * Serves both services' interfaces on this machine over the tables of a deployment, with the caller's credentials. What
 * carries changes from one to the other runs there.
 */
export async function startAwsFront(config: Config, aws: AwsResources, log: Log): Promise<LocalSystem> {
  const door = frontDoor(config, log);
  const client = documentClient();
  const { profiles, statistics, documentsIn } = composeRegistry({
    profiles: profilesOnDynamoDb(client, aws.profilesTable),
    statistics: statisticsOnDynamoDb(client, aws.statisticsTable),
    publisher: snsPublisher(aws.companyEventsTopicArn, config.epoch, log),
    epoch: config.epoch,
  });
  // Most start without: what is not needed is not loaded.
  const objects =
    config.documentsBucket === undefined
      ? undefined
      : (await import('../composition/documents-on-aws.ts')).objectsInS3(config.documentsBucket);
  const documents = objects && documentsIn(objects);
  const cursorSecret = config.cursorSecret ?? newCursorSecret();
  const options = { cursorSecret, access: door.access, log };
  const direct = [directSummaryRoute(readSummaryTemplates())];
  const directClient = dynamoDbClient();
  const integrations = createIntegrationHandler({
    routes: direct,
    action: queryAction(directClient),
    stageVariables: { statisticsTable: aws.statisticsTable },
    log,
  });
  const gateway = createGateway({
    apis: [
      bothApis(profiles, statistics, options, direct, documents),
      { routes: direct, handler: integrations },
    ].map(door.guard),
    log,
  });
  const { port } = await gateway.listen(config.port, config.host);
  return {
    url: door.urlAt(port),
    profiles,
    lost: new Promise(() => {}),
    stop: async () => {
      await gateway.close();
      client.destroy();
      directClient.destroy();
    },
  };
}
