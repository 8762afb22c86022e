import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  type BucketProps,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledged.ts';
import type { Permission } from './entrypoint-function.ts';
import { objectPermission } from './object-permission.ts';
import { useOfKey } from './use-of-key.ts';

/** What every bucket here is: closed to the public, reached by TLS alone, versioned, encrypted by the service's key. */
export const CLOSED_BUCKET = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  versioned: true,
  encryption: BucketEncryption.KMS,
  bucketKeyEnabled: true,
  removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
} as const satisfies BucketProps;

const KEPT = Duration.days(90);

/** Where the batches of a stream go that failed too often: whole, for people to read. */
export class FailuresBucket extends Construct {
  readonly bucket: Bucket;
  readonly #key: Key;

  constructor(scope: Construct, id: string, key: Key) {
    super(scope, id);
    this.#key = key;
    this.bucket = new Bucket(this, 'Bucket', {
      ...CLOSED_BUCKET,
      encryptionKey: key,
      lifecycleRules: [
        {
          expiration: KEPT,
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    acknowledge(this.bucket, {
      'AwsSolutions-S1': 'Only Lambda writes here, and CloudTrail tells who reads.',
    });
  }

  /** Statements for the role of a Lambda whose event source mapping writes there. */
  allowWriting(): Permission[] {
    const { bucketArn } = this.bucket;
    return [
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }),
      // Where Lambda puts them: aws/lambda/<mapping>/…
      objectPermission(this.bucket, 'aws/lambda/*', ['s3:PutObject'], 'Lambda names what it puts there.'),
      useOfKey(this.#key, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']),
    ];
  }
}
