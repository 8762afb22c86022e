import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledged.ts';
import { namedTopic, type NamedTopic } from '../constructs/topic-name.ts';
import type { Settings } from '../settings.ts';

export interface EventsStackProps extends StackProps {
  readonly settings: Settings;
}

/** What is between the services, and belongs to neither: deployed first, and retained whatever becomes of them. */
export class EventsStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: EventsStackProps) {
    super(scope, id, { description: 'Company Registry: what its services tell each other by', ...props });
    this.#topic('CompanyEvents', namedTopic(this, 'CompanyEventsTopicName'));
    this.#topic('CompanyObservations', namedTopic(this, 'CompanyObservationsTopicName'));
    if (settings.apiGatewayLogRole === 'create') this.#letApiGatewayLog();
  }

  #topic(id: string, { topicName }: NamedTopic): void {
    const topic = new Topic(this, id, {
      topicName,
      enforceSSL: true,
      // A key of AWS: whoever may publish may use it, and no stack need know a key of another one.
      masterKey: Alias.fromAliasName(this, `${id}Key`, 'alias/aws/sns'),
    });
    // Of a first deployment that failed nothing may stay: its name would stand in the way of the next one.
    topic.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    new CfnOutput(this, `${id}TopicArn`, { value: topic.topicArn });
  }

  /** A setting of the account and region, which the APIs of both services need for their logs. */
  #letApiGatewayLog(): void {
    const role = new Role(this, 'ApiGatewayLogging', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
      ],
    });
    acknowledge(role, {
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        'It is the policy that API Gateway asks for: it names its log groups itself.',
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const account = new CfnAccount(this, 'ApiGatewayAccount', { cloudWatchRoleArn: role.roleArn });
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
