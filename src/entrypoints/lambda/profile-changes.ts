import { PublishCompanyChanges } from '../../application/profiles/publish-company-changes.ts';
import { awsResource } from '../composition/config.ts';
import { lambdaContext } from '../composition/lambda.ts';
import { snsPublisher } from '../composition/sns-publisher.ts';
import { profileChangesHandler } from './handlers/profile-changes-handler.ts';
import { reticent } from './handlers/reticent.ts';

const { config, log } = lambdaContext();
const publisher = snsPublisher(awsResource(config, 'companyEventsTopicArn'), config.epoch, log);

/** Stream of the profiles table → topic `company-events`. */
export const handler = reticent(profileChangesHandler(new PublishCompanyChanges(publisher), log), log);
