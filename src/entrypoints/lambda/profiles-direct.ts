import { PublishSnapshots } from '../../application/profiles/publish-snapshots.ts';
import { awsResource } from '../composition/config.ts';
import { profilesInvocations } from '../composition/invocations.ts';
import { cursorSecretOf, lambdaContext, lambdaProfiles } from '../composition/lambda.ts';
import { profilesApiUseCases } from '../composition/profiles-use-cases.ts';
import { snsPublisher } from '../composition/sns-publisher.ts';
import { PORTS } from '../composition/tokens.ts';

const context = lambdaContext();
const { config, log } = context;
const container = lambdaProfiles(context);
const publisher = snsPublisher(awsResource(config, 'companyEventsTopicArn'), config.epoch, log);
container.bind(PORTS.companyEventPublisher).toConstantValue(publisher);

/** Direct invocation → profiles: `{operation, input}`, as `ProfilesOperations` says. */
export const handler = profilesInvocations(
  { ...profilesApiUseCases(container), publishSnapshots: container.get(PublishSnapshots) },
  cursorSecretOf(context),
  log,
);
