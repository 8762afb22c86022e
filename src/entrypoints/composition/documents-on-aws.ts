import { s3Client } from '../../adapters/s3/s3-client.ts';
import { S3ObjectStore } from '../../adapters/s3/profiles/s3-object-store.ts';

/** The bucket on AWS, by the environment's credentials. */
export function objectsInS3(bucket: string): S3ObjectStore {
  return new S3ObjectStore(s3Client(), bucket);
}
