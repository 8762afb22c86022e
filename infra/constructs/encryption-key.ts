import { RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/**
 * The key of a service's own, which its table and its buckets are encrypted with. It outlives the stack, as they do, and a
 * first deployment that failed, of which a table stays that is protected from deletion.
 */
export function encryptionKey(scope: Construct, id: string, description: string): Key {
  return new Key(scope, id, { description, enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });
}
