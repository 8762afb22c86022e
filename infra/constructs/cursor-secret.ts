import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledged.ts';
import { useOfKey } from './use-of-key.ts';

/** What a service signs the cursors of its lists with. It is made at the first deployment, and nobody need know it. */
export class CursorSecret extends Construct {
  readonly #secret: CfnSecret;
  readonly #key: Key;

  constructor(scope: Construct, id: string, key: Key) {
    super(scope, id);
    this.#key = key;
    // As it is in CloudFormation: CDK would let the account do more with the key than it needs.
    this.#secret = new CfnSecret(this, 'Secret', {
      description: 'Signs the cursors of lists',
      kmsKeyId: key.keyArn,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    // Cursors live for the length of a listing.
    this.#secret.applyRemovalPolicy(RemovalPolicy.DESTROY);
    acknowledge(this.#secret, {
      'AwsSolutions-SMG4':
        'No one else knows it, and whoever has it learns nothing: it only tells cursors of this service from others.',
    });
  }

  get environment(): { readonly CURSOR_SECRET_ARN: string } {
    return { CURSOR_SECRET_ARN: this.#secret.ref };
  }

  /** Statements for a role that reads it. */
  allow(): PolicyStatement[] {
    return [
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [this.#secret.ref],
      }),
      useOfKey(this.#key, 'secretsmanager', ['kms:Decrypt']),
    ];
  }
}
