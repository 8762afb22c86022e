import { documentsApi } from '../composition/apis.ts';
import { companiesOnDynamoDb, documentsOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { documentsService } from '../composition/documents.ts';
import { objectsInS3 } from '../composition/documents-on-aws.ts';
import { importRequests } from '../composition/import-requests.ts';
import { documentsBucketOf, lambdaApiOptions, lambdaContext } from '../composition/lambda.ts';
import { lambdaProfiles } from '../composition/lambda-profiles.ts';
import { bindCompanies, profilesApiUseCases } from '../composition/profiles-use-cases.ts';

const context = lambdaContext();
const profiles = lambdaProfiles(context, [companiesOnDynamoDb, documentsOnDynamoDb], bindCompanies);
const objects = objectsInS3(documentsBucketOf(context));

/**
 * API Gateway → documents, imports, and the description of the service: apart from its other routes, which need no client
 * of S3.
 */
export const { handler } = documentsApi(
  {
    ...profilesApiUseCases(profiles),
    ...documentsService(profiles, objects),
    ...importRequests(profiles, objects),
  },
  lambdaApiOptions(context),
);
