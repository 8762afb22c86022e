import { at, referredBy, resourcesOf, within, type Template } from '../template.ts';
import type { Statement } from './permissions.ts';

/** Tables, buckets and keys that can be lost, read by the wrong ones, or are not as they should be. */
export function exposedStorage(template: Template): string[] {
  const found: string[] = [];
  const check = (id: string, ok: unknown, fault: string): void => {
    if (!ok) found.push(`${id} ${fault}`);
  };
  const keys = new Set(resourcesOf(template, 'KMS::Key').map(({ id }) => id));
  for (const { id, properties } of resourcesOf(template, 'DynamoDB::Table')) {
    check(id, keys.has(referredBy(at(properties, 'SSESpecification', 'KMSMasterKeyId')) ?? ''), 'has no key');
    check(
      id,
      at(properties, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'),
      'has no PITR',
    );
    check(id, properties['DeletionProtectionEnabled'], 'can be deleted');
  }
  for (const { id, properties } of resourcesOf(template, 'S3::Bucket')) {
    const blocked = Object.values(properties['PublicAccessBlockConfiguration'] ?? {});
    check(id, blocked.length === 4 && blocked.every((block) => block === true), 'may be public');
    check(id, at(properties, 'VersioningConfiguration', 'Status') === 'Enabled', 'is not versioned');
    const encryption = at(
      properties,
      'BucketEncryption',
      'ServerSideEncryptionConfiguration',
      0,
      'ServerSideEncryptionByDefault',
      'KMSMasterKeyID',
    );
    check(id, keys.has(referredBy(encryption) ?? ''), 'has no key');
  }
  for (const { id, properties } of resourcesOf(template, 'KMS::Key')) {
    check(id, properties['EnableKeyRotation'], 'is not rotated');
  }
  for (const [type, policy] of Object.entries(OUTLIVING)) {
    for (const { id } of resourcesOf(template, type)) {
      const given = template.Resources[id]?.DeletionPolicy;
      check(id, given?.startsWith('Retain'), 'goes with its stack');
      check(id, given !== 'Retain' || policy === 'Retain', 'stays of a first deployment that failed');
    }
  }
  return found;
}

/** A table is protected from deletion from its first moment on, and cannot be read without its key. */
const OUTLIVING = {
  'DynamoDB::Table': 'Retain',
  'KMS::Key': 'Retain',
  'S3::Bucket': 'RetainExceptOnCreate',
  'SNS::Topic': 'RetainExceptOnCreate',
};

/** Buckets, queues and topics that take requests without TLS. */
export function withoutTls(template: Template): string[] {
  const guarded = new Set<string>();
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (!/^AWS::(S3::Bucket|SQS::Queue|SNS::Topic)Policy$/.test(Type)) continue;
    const statements = (at(Properties, 'PolicyDocument', 'Statement') ?? []) as Statement[];
    const denies = statements.some(
      ({ Effect, Condition }) =>
        Effect === 'Deny' && at(Condition, 'Bool', 'aws:SecureTransport') === 'false',
    );
    if (!denies) continue;
    const holders = [at(Properties, 'Bucket'), at(Properties, 'Queues'), at(Properties, 'Topics')];
    for (const value of within(holders)) guarded.add(referredBy(value) ?? '');
  }
  return ['S3::Bucket', 'SQS::Queue', 'SNS::Topic'].flatMap((type) =>
    resourcesOf(template, type)
      .filter(({ id }) => !guarded.has(id))
      .map(({ id }) => `${id} takes requests without TLS`),
  );
}
