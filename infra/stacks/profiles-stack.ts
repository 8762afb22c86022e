import { ArnFormat, CfnOutput, CfnParameter, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ApiDocument } from '../api/api-document.ts';
import { AlarmAction } from '../constructs/alarm-action.ts';
import { apiGuard } from '../constructs/api-guard.ts';
import { CursorSecret } from '../constructs/cursor-secret.ts';
import { DocumentsBucket } from '../constructs/documents-bucket.ts';
import { encryptionKey } from '../constructs/encryption-key.ts';
import { EntrypointFunction, type CodeOf } from '../constructs/entrypoint-function.ts';
import { FailuresBucket } from '../constructs/failures-bucket.ts';
import { FedQueue } from '../constructs/fed-queue.ts';
import { invokerPolicy } from '../constructs/invoker-policy.ts';
import { RegistryTable } from '../constructs/registry-table.ts';
import { ServiceApi } from '../constructs/service-api.ts';
import { StreamConsumer } from '../constructs/stream-consumer.ts';
import { statisticsFunctionName } from '../constructs/function-name.ts';
import { namedTopic } from '../constructs/topic-name.ts';
import { addServiceAlarms } from '../observability/service-alarms.ts';
import { ServiceDashboard } from '../observability/service-dashboard.ts';
import { BUCKET_ACCESS, TABLE_ACCESS } from '../permissions.ts';
import type { Settings } from '../settings.ts';
import { PROFILES_TABLE } from '../tables.ts';

export interface ProfilesStackProps extends StackProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  /** What the Lambdas of the interface say that they serve. */
  readonly documents: Readonly<Record<'profiles-api' | 'documents-api', ApiDocument>>;
}

const API_TIMEOUT = Duration.seconds(20);
const STREAM_TIMEOUT = Duration.minutes(1);
const OBJECTS_TIMEOUT = Duration.seconds(30);
const IMPORT_TIMEOUT = Duration.minutes(15);
// Publishing every company takes a while.
const DIRECT_TIMEOUT = Duration.minutes(15);

/** The profiles service: what companies are, in a table of its own, told to whoever listens to a topic. */
export class ProfilesStack extends Stack {
  constructor(scope: Construct, id: string, { settings, codeOf, documents, ...props }: ProfilesStackProps) {
    super(scope, id, { description: 'Company Registry: company profiles', ...props });
    const alarms = new AlarmAction(this, 'Alarms');
    const events = namedTopic(this, 'CompanyEventsTopicName');
    const epoch = new CfnParameter(this, 'RegistryEpoch', {
      type: 'Number',
      description: 'Raised by one after the table was restored from a backup.',
      default: 1,
      minValue: 1,
    });

    const key = encryptionKey(this, 'Key', 'Company profiles and their documents');
    const table = new RegistryTable(this, 'Profiles', {
      definition: PROFILES_TABLE,
      capacity: settings.capacity,
      key,
    });
    const cursors = new CursorSecret(this, 'CursorSecret', key);
    const failures = new FailuresBucket(this, 'Failures', key);
    const objects = new FedQueue(this, 'DocumentObjects', { timeout: OBJECTS_TIMEOUT, alarms });
    const imports = new FedQueue(this, 'ImportFiles', {
      timeout: IMPORT_TIMEOUT,
      oldest: Duration.hours(2),
      alarms,
    });
    const bucket = new DocumentsBucket(this, 'Documents', {
      key,
      notices: [
        {
          prefix: 'documents/',
          queue: objects.queue,
          events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'],
        },
        { prefix: 'imports/', suffix: '/file', queue: imports.queue, events: ['s3:ObjectCreated:*'] },
      ],
    });

    const ofRoutes = { ...cursors.environment, ACCESS: settings.access };
    const onTable = { PROFILES_TABLE: table.table.tableName };
    const inBucket = { DOCUMENTS_BUCKET: bucket.bucket.bucketName };
    const toTopic = { COMPANY_EVENTS_TOPIC_ARN: events.topicArn, REGISTRY_EPOCH: epoch.valueAsString };
    const publish = new PolicyStatement({ actions: ['sns:Publish'], resources: [events.topicArn] });

    const api = new EntrypointFunction(this, 'ProfilesApi', {
      entrypoint: 'profiles-api',
      description: 'API Gateway → profiles',
      codeOf,
      timeout: API_TIMEOUT,
      memoryMb: 1024,
      environment: { ...onTable, ...ofRoutes },
      permissions: [...table.allow(TABLE_ACCESS['profiles-api']), ...cursors.allow()],
      alarms,
    });
    const documentsApi = new EntrypointFunction(this, 'DocumentsApi', {
      entrypoint: 'documents-api',
      description: 'API Gateway → documents of companies',
      codeOf,
      timeout: API_TIMEOUT,
      memoryMb: 1024,
      environment: { ...onTable, ...inBucket, ...ofRoutes },
      permissions: [
        ...table.allow(TABLE_ACCESS['documents-api']),
        ...bucket.allow(BUCKET_ACCESS['documents-api']),
        ...cursors.allow(),
      ],
      alarms,
    });
    const direct = new EntrypointFunction(this, 'ProfilesDirect', {
      entrypoint: 'profiles-direct',
      description: 'Direct invocation → profiles',
      codeOf,
      timeout: DIRECT_TIMEOUT,
      memoryMb: 1024,
      environment: { ...onTable, ...toTopic, ...ofRoutes },
      permissions: [...table.allow(TABLE_ACCESS['profiles-direct']), ...cursors.allow(), publish],
      alarms,
    });
    const publisher = new EntrypointFunction(this, 'ProfileChanges', {
      entrypoint: 'profile-changes',
      description: 'Stream of the profiles table → topic',
      codeOf,
      timeout: STREAM_TIMEOUT,
      memoryMb: 512,
      environment: toTopic,
      permissions: [...table.allowStream(), ...failures.allowWriting(), publish],
      alarms,
    });
    const historian = new EntrypointFunction(this, 'ProfileRevisions', {
      entrypoint: 'profile-revisions',
      description: 'Stream of the profiles table → revisions',
      codeOf,
      timeout: STREAM_TIMEOUT,
      memoryMb: 512,
      environment: onTable,
      permissions: [
        ...table.allow(TABLE_ACCESS['profile-revisions']),
        ...table.allowStream(),
        ...failures.allowWriting(),
      ],
      alarms,
    });
    const archivist = new EntrypointFunction(this, 'DocumentArrivals', {
      entrypoint: 'document-objects',
      description: 'Bucket → documents of the profiles table',
      codeOf,
      timeout: OBJECTS_TIMEOUT,
      memoryMb: 512,
      environment: { ...onTable, ...inBucket },
      permissions: [
        ...table.allow(TABLE_ACCESS['document-objects']),
        ...bucket.allow(BUCKET_ACCESS['document-objects']),
        ...objects.allowReceiving(),
      ],
      alarms,
    });
    const recorder = statisticsFunctionName(this);
    const importer = new EntrypointFunction(this, 'Imports', {
      entrypoint: 'imports',
      description: 'Queue of imports → companies, and their figures',
      codeOf,
      timeout: IMPORT_TIMEOUT,
      memoryMb: 1792,
      environment: {
        ...onTable,
        ...inBucket,
        IMPORTS_QUEUE_URL: imports.queue.queueUrl,
        STATISTICS_FUNCTION: recorder,
      },
      permissions: [
        ...table.allow(TABLE_ACCESS.imports),
        ...bucket.allow(BUCKET_ACCESS.imports),
        ...imports.allowReceiving(),
        // An import that takes longer than a Lambda runs goes on by a message to itself.
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [imports.queue.queueArn] }),
        new PolicyStatement({
          actions: ['lambda:InvokeFunction'],
          resources: [
            this.formatArn({
              service: 'lambda',
              resource: 'function',
              resourceName: recorder,
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          ],
        }),
      ],
      alarms,
    });

    const ofStream = { table, failures, alarms };
    // A rename is on its way at once; history need not be.
    new StreamConsumer(this, 'Publisher', {
      ...ofStream,
      filter: 'publishedChanges',
      consumer: publisher,
      batchWindowS: 0,
    });
    new StreamConsumer(this, 'Historian', {
      ...ofStream,
      filter: 'profileChanges',
      consumer: historian,
      batchWindowS: 2,
    });
    objects.feed(archivist, 0);
    imports.feed(importer, 0, 1);

    new ServiceApi(this, 'Api', {
      name: 'company-profiles',
      parts: [
        { document: documents['profiles-api'], by: api },
        { document: documents['documents-api'], by: documentsApi },
      ],
      guard: apiGuard(this, { access: settings.access, service: 'profiles', codeOf, alarms }),
      alarms,
    });
    const invokers = invokerPolicy(this, 'Invoker', direct);

    addServiceAlarms(this, 'profiles', alarms);
    new ServiceDashboard(this, 'Overview', 'profiles');

    new CfnOutput(this, 'TableName', { value: table.table.tableName });
    new CfnOutput(this, 'DocumentsBucketName', { value: bucket.bucket.bucketName });
    new CfnOutput(this, 'CursorSecretArn', { value: cursors.environment.CURSOR_SECRET_ARN });
    new CfnOutput(this, 'DirectFunctionName', { value: direct.function.functionName });
    new CfnOutput(this, 'InvokerPolicyArn', { value: invokers.managedPolicyArn });
  }
}
