import { documentsBucketOf, lambdaContext } from '../composition/lambda.ts';
import { companyRepositoryOnDynamoDb, documentsOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { objectFollower } from '../composition/documents.ts';
import { objectsInS3 } from '../composition/documents-on-aws.ts';
import { lambdaMetrics } from '../composition/metrics.ts';
import { documentObjectsHandler } from './handlers/document-objects-handler.ts';
import { reticent } from './handlers/reticent.ts';
import { lambdaProfiles } from '../composition/lambda-profiles.ts';

const context = lambdaContext();
const followObject = objectFollower(
  lambdaProfiles(context, [companyRepositoryOnDynamoDb, documentsOnDynamoDb]),
  objectsInS3(documentsBucketOf(context)),
);

/** Bucket, by its queue or directly → documents of the profiles table. */
export const handler = reticent(
  documentObjectsHandler(followObject, context.log, lambdaMetrics('profiles')),
  context.log,
);
