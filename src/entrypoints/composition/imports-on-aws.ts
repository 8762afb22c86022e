import { lambdaClient } from '../../adapters/lambda/invoke-function.ts';
import { InvokedObservationSink } from '../../adapters/lambda/profiles/invoked-observation-sink.ts';
import { S3ObjectContents } from '../../adapters/s3/profiles/s3-object-contents.ts';
import { S3ObjectStore } from '../../adapters/s3/profiles/s3-object-store.ts';
import { s3Client } from '../../adapters/s3/s3-client.ts';
import { SqsImportQueue } from '../../adapters/sqs/profiles/sqs-import-queue.ts';
import { sqsClient } from '../../adapters/sqs/sqs-client.ts';
import type { RunImport } from '../../application/profiles/imports/run-import.ts';
import { ConfigError, type Config } from './config.ts';
import { importRunner } from './import-runner.ts';
import type { Container } from './containers.ts';

/** Longer than recording the figures of one company takes. */
const RECORDING_TIMEOUT_MS = 60_000;

/** The use case that works on imports on AWS, by the environment's credentials. @throws ConfigError */
export function importRunnerOnAws(profiles: Container, config: Config): RunImport {
  const { documentsBucket, importsQueueUrl, functions } = config;
  if (documentsBucket === undefined) throw new ConfigError('DOCUMENTS_BUCKET is not set.');
  if (importsQueueUrl === undefined) throw new ConfigError('IMPORTS_QUEUE_URL is not set.');
  if (functions.statistics === undefined) throw new ConfigError('STATISTICS_FUNCTION is not set.');
  const client = s3Client();
  return importRunner(profiles, {
    objects: new S3ObjectStore(client, documentsBucket),
    contents: new S3ObjectContents(client, documentsBucket),
    observations: new InvokedObservationSink(
      lambdaClient({ timeoutMs: RECORDING_TIMEOUT_MS }),
      functions.statistics,
    ),
    queue: new SqsImportQueue(sqsClient(), importsQueueUrl),
    isAlone: false,
  });
}
