import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';

/** Sends messages to a topic as they are. */
export function topicPublisher(client: SNSClient, topicArn: string) {
  return async (message: string): Promise<void> => {
    await client.send(new PublishCommand({ TopicArn: topicArn, Message: message }));
  };
}
