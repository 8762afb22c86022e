import { documentsBucketOf, lambdaContext, lambdaProfiles } from '../composition/lambda.ts';
import { documentsService } from '../composition/documents.ts';
import { objectsInS3 } from '../composition/documents-on-aws.ts';
import { lambdaMetrics } from '../composition/metrics.ts';
import { documentObjectsHandler } from './handlers/document-objects-handler.ts';

const context = lambdaContext();
const { followObject } = documentsService(lambdaProfiles(context), objectsInS3(documentsBucketOf(context)));

/** Bucket, by its queue or directly → documents of the profiles table. */
export const handler = documentObjectsHandler(followObject, context.log, lambdaMetrics('profiles'));
