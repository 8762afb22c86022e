import { CfnParameter, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The topics, by the names that they have unless a parameter says otherwise. */
const TOPICS = {
  CompanyEventsTopicName: { name: 'company-events', of: 'what happened to companies' },
  CompanyObservationsTopicName: { name: 'company-observations', of: 'inbound observations' },
} as const;

/** All that a stack knows of a topic: the parameter that holds its name. */
export interface NamedTopic {
  readonly topicName: string;
  readonly topicArn: string;
}

export function namedTopic(scope: Construct, parameter: keyof typeof TOPICS): NamedTopic {
  const { name, of } = TOPICS[parameter];
  const { valueAsString: topicName } = new CfnParameter(scope, parameter, {
    description: `The name of the topic of ${of}, the same in every stack.`,
    default: name,
    allowedPattern: '[A-Za-z0-9_-]{1,256}',
  });
  return {
    topicName,
    topicArn: Stack.of(scope).formatArn({ service: 'sns', resource: topicName }),
  };
}
