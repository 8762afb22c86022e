import { documentsBucketOf, lambdaContext } from '../composition/lambda.ts';
import { companiesOnDynamoDb, documentsOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { documentsService } from '../composition/documents.ts';
import { objectsInS3 } from '../composition/documents-on-aws.ts';
import { lambdaMetrics } from '../composition/metrics.ts';
import { documentObjectsHandler } from './handlers/document-objects-handler.ts';
import { reticent } from './handlers/reticent.ts';
import { lambdaProfiles } from '../composition/lambda-profiles.ts';
import { bindCompanies } from '../composition/profiles-use-cases.ts';

const context = lambdaContext();
const { followObject } = documentsService(
  lambdaProfiles(context, [companiesOnDynamoDb, documentsOnDynamoDb], bindCompanies),
  objectsInS3(documentsBucketOf(context)),
);

/** Bucket, by its queue or directly → documents of the profiles table. */
export const handler = reticent(
  documentObjectsHandler(followObject, context.log, lambdaMetrics('profiles')),
  context.log,
);
