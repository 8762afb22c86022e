import { SNSClient } from '@aws-sdk/client-sns';

/** The client that every SNS adapter uses; an endpoint is one on this machine, which knows no credentials. */
export function snsClient({ endpoint }: { readonly endpoint?: string } = {}): SNSClient {
  return new SNSClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    ...(endpoint !== undefined && {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  });
}
