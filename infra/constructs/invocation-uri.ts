import { Aws } from 'aws-cdk-lib';
import type { EntrypointFunction } from './entrypoint-function.ts';

/** Where API Gateway invokes a Lambda. */
export function invocationUri({ function: { functionArn } }: EntrypointFunction): string {
  return `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}
