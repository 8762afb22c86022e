import { importRunnerOnAws } from '../composition/imports-on-aws.ts';
import { lambdaContext, lambdaProfiles } from '../composition/lambda.ts';
import { lambdaMetrics } from '../composition/metrics.ts';
import { importsHandler } from './handlers/imports-handler.ts';

const context = lambdaContext();

/** Queue `imports`, which the bucket feeds and this itself → companies, and their figures. */
export const handler = importsHandler(
  importRunnerOnAws(lambdaProfiles(context), context.config),
  context.log,
  lambdaMetrics('profiles'),
);
