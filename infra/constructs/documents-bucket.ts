import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { BucketAccess } from '../permissions.ts';
import { acknowledge } from './acknowledged.ts';
import type { Permission } from './entrypoint-function.ts';
import { CLOSED_BUCKET } from './failures-bucket.ts';
import { objectPermission } from './object-permission.ts';
import { useOfKey } from './use-of-key.ts';

/** What the bucket tells of objects, and to whom. */
export interface ObjectNotices {
  /** Of the keys that begin and end so. */
  readonly prefix: 'documents/' | 'imports/';
  readonly suffix?: string;
  readonly queue: Queue;
  readonly events: readonly ('s3:ObjectCreated:*' | 's3:ObjectRemoved:*')[];
}

export interface DocumentsBucketProps {
  readonly key: Key;
  readonly notices: readonly ObjectNotices[];
}

/** Where the contents are that clients send by signed links. It outlives the stack. */
export class DocumentsBucket extends Construct {
  readonly bucket: Bucket;
  readonly #key: Key;

  constructor(scope: Construct, id: string, { key, notices }: DocumentsBucketProps) {
    super(scope, id);
    this.#key = key;
    this.bucket = new Bucket(this, 'Bucket', {
      ...CLOSED_BUCKET,
      encryptionKey: key,
      lifecycleRules: [
        // A little longer than the report of an import is kept.
        { prefix: 'imports/', expiration: Duration.days(35) },
        {
          noncurrentVersionExpiration: Duration.days(30),
          expiredObjectDeleteMarker: true,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    acknowledge(this.bucket, {
      'AwsSolutions-S1':
        'Objects are reached by links that a Lambda signs and logs, for minutes; CloudTrail tells the rest.',
    });
    const resource = this.bucket.node.defaultChild as CfnBucket;
    resource.notificationConfiguration = {
      queueConfigurations: notices.flatMap(({ prefix, suffix, queue, events }) =>
        events.map((event) => ({
          event,
          queue: queue.queueArn,
          filter: {
            s3Key: {
              rules: [
                { name: 'prefix', value: prefix },
                ...(suffix === undefined ? [] : [{ name: 'suffix', value: suffix }]),
              ],
            },
          },
        })),
      ),
    };
    for (const { queue } of notices) {
      queue.addToResourcePolicy(noticesTo(queue));
      // S3 sends a test when it is told where to send, and refuses what refuses that.
      this.bucket.node.addDependency(queue);
    }
  }

  /** Statements for a role that does so much to the objects, and no more. */
  allow({ objects, list }: BucketAccess): Permission[] {
    const { bucketArn } = this.bucket;
    const writes = Object.values(objects).some((actions) => actions.includes('PutObject'));
    return [
      ...Object.entries(objects).map(([prefix, actions]) =>
        objectPermission(
          this.bucket,
          `${prefix}*`,
          actions.map((action) => `s3:${action}`),
          'Ids are not known before there are any.',
        ),
      ),
      ...(list ? [new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] })] : []),
      useOfKey(this.#key, 's3', writes ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt']),
    ];
  }
}

/** The bucket is named by its account alone: its own name is not known before it may send. */
function noticesTo(queue: Queue): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal('s3.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
}
