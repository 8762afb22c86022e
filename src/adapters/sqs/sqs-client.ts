import { SQSClient } from '@aws-sdk/client-sqs';

/** The client that every SQS adapter uses; an endpoint is one on this machine, which knows no credentials. */
export function sqsClient({ endpoint }: { readonly endpoint?: string } = {}): SQSClient {
  return new SQSClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    ...(endpoint !== undefined && {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  });
}
