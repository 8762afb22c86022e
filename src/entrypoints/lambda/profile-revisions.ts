import { RecordRevisions } from '../../application/profiles/record-revisions.ts';
import { lambdaContext, lambdaProfiles } from '../composition/lambda.ts';
import { profileRevisionsHandler } from './handlers/profile-revisions-handler.ts';

const context = lambdaContext();

/** Stream of the profiles table → revisions. */
export const handler = profileRevisionsHandler(lambdaProfiles(context).get(RecordRevisions), context.log);
