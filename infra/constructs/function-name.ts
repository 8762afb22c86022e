import { CfnParameter } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** All that the profiles stack knows of the statistics service: by which name its Lambda is invoked directly. */
export function statisticsFunctionName(scope: Construct): string {
  return new CfnParameter(scope, 'StatisticsFunctionName', {
    description: 'The Lambda that records the figures of imported files, the same in every stack.',
    default: 'company-statistics-direct',
    allowedPattern: '[A-Za-z0-9_-]{1,64}',
  }).valueAsString;
}
