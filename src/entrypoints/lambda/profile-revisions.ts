import { RecordRevisions } from '../../application/profiles/record-revisions.ts';
import { companiesOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { lambdaProfiles } from '../composition/lambda-profiles.ts';
import { lambdaContext } from '../composition/lambda.ts';
import { bindRevisions } from '../composition/profiles-use-cases.ts';
import { profileRevisionsHandler } from './handlers/profile-revisions-handler.ts';
import { reticent } from './handlers/reticent.ts';

const context = lambdaContext();
const profiles = lambdaProfiles(context, [companiesOnDynamoDb], bindRevisions);

/** Stream of the profiles table → revisions. */
export const handler = reticent(
  profileRevisionsHandler(profiles.get(RecordRevisions), context.log),
  context.log,
);
