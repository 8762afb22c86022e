import { PublishSnapshots } from '../../application/profiles/publish-snapshots.ts';
import { awsResource } from '../composition/config.ts';
import { companiesOnDynamoDb, documentsOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { profilesInvocations } from '../composition/invocations.ts';
import { lambdaProfiles } from '../composition/lambda-profiles.ts';
import { cursorSecretOf, lambdaContext } from '../composition/lambda.ts';
import { bindCompanies, bindPublishers, profilesApiUseCases } from '../composition/profiles-use-cases.ts';
import { snsPublisher } from '../composition/sns-publisher.ts';
import { PORTS } from '../composition/tokens.ts';

const context = lambdaContext();
const { config, log } = context;
const container = lambdaProfiles(
  context,
  [companiesOnDynamoDb, documentsOnDynamoDb],
  bindCompanies,
  bindPublishers,
);
const publisher = snsPublisher(awsResource(config, 'companyEventsTopicArn'), config.epoch, log);
container.bind(PORTS.companyEventPublisher).toConstantValue(publisher);

/** Direct invocation → profiles: `{operation, input}`, as `ProfilesOperations` says. */
export const handler = profilesInvocations(
  { ...profilesApiUseCases(container), publishSnapshots: container.get(PublishSnapshots) },
  cursorSecretOf(context),
  log,
);
