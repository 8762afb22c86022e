import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { EntrypointFunction } from './entrypoint-function.ts';

/** For roles of others that call a service without HTTP: they may invoke its one Lambda for that, and nothing else. */
export function invokerPolicy(scope: Construct, id: string, { function: invoked }: EntrypointFunction) {
  return new ManagedPolicy(scope, id, {
    description: 'May invoke the service directly',
    statements: [
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [invoked.functionArn] }),
    ],
  });
}
