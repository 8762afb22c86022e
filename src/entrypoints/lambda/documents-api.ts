import { documentsApi } from '../composition/apis.ts';
import { documentsService } from '../composition/documents.ts';
import { objectsInS3 } from '../composition/documents-on-aws.ts';
import { cursorSecretOf, documentsBucketOf, lambdaContext, lambdaProfiles } from '../composition/lambda.ts';

const context = lambdaContext();
const documents = documentsService(lambdaProfiles(context), objectsInS3(documentsBucketOf(context)));

/** API Gateway → documents: apart from the other routes of the service, which need no client of S3. */
export const { handler } = documentsApi(documents, cursorSecretOf(context), context.log);
