import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { StreamSource } from '../local/stream-source.ts';
import type { DocumentClient } from './document-client.ts';
import { DynamoDbStreamSource } from './dynamodb-stream-source.ts';

/** The stream of a table of a local engine. */
export function tableStream(
  client: DocumentClient,
  endpoint: string,
  tableName: string,
  onTrimmed: (shardId: string, after: string) => void,
): StreamSource {
  const streams = new DynamoDBStreamsClient({
    endpoint,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return new DynamoDbStreamSource(client, streams, tableName, onTrimmed);
}
