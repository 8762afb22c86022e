import { companiesOnDynamoDb, documentsOnDynamoDb } from '../composition/dynamodb-adapters.ts';
import { importRunnerOnAws } from '../composition/imports-on-aws.ts';
import { lambdaProfiles } from '../composition/lambda-profiles.ts';
import { lambdaContext } from '../composition/lambda.ts';
import { lambdaMetrics } from '../composition/metrics.ts';
import { bindCompanies, bindFiles } from '../composition/profiles-use-cases.ts';
import { importsHandler } from './handlers/imports-handler.ts';
import { reticent } from './handlers/reticent.ts';

const context = lambdaContext();
const profiles = lambdaProfiles(
  context,
  [companiesOnDynamoDb, documentsOnDynamoDb],
  bindCompanies,
  bindFiles,
);

/** Queue `imports`, which the bucket feeds and this itself → companies, and their figures. */
export const handler = reticent(
  importsHandler(importRunnerOnAws(profiles, context.config), context.log, lambdaMetrics('profiles')),
  context.log,
);
