import { S3Client } from '@aws-sdk/client-s3';

/** The client that every S3 adapter uses; an endpoint is one on this machine, which knows no credentials. */
export function s3Client({ endpoint }: { readonly endpoint?: string } = {}): S3Client {
  return new S3Client({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    // A link is signed before there is a content: the checksum of an empty one must not be signed with it.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint !== undefined && {
      endpoint,
      forcePathStyle: true,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  });
}
