import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';

/** What a role may do to objects that nobody can name before there are any. */
export interface ObjectPermission {
  readonly statement: PolicyStatement;
  /** How cdk-nag calls it. */
  readonly finding: string;
  readonly reason: string;
}

/** @param keys `*`, or what the keys begin with and `*` */
export function objectPermission(
  bucket: Bucket,
  keys: string,
  actions: readonly string[],
  reason: string,
): ObjectPermission {
  const resource = bucket.node.defaultChild as CfnBucket;
  const logicalId = Stack.of(bucket).getLogicalId(resource);
  return {
    statement: new PolicyStatement({ actions: [...actions], resources: [`${bucket.bucketArn}/${keys}`] }),
    finding: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${keys}]`,
    reason,
  };
}
