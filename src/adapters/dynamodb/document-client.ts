import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export type DocumentClient = DynamoDBDocumentClient;

export interface DocumentClientOptions {
  /** An engine on this machine, which knows no credentials; without it AWS, by the caller's environment. */
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
}

// An item that has not come after two seconds comes sooner by another try.
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 2_000;
const LOCAL_REQUEST_TIMEOUT_MS = 10_000;
const ATTEMPTS = 4;
const SOCKETS = 128;

/** The client that every DynamoDB adapter uses: connections are kept, lost answers are asked for again. */
export function documentClient(options: DocumentClientOptions = {}): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(dynamoDbClient(options), {
    // An optional property that is undefined is an attribute that is absent.
    marshallOptions: { removeUndefinedValues: true, convertEmptyValues: false },
  });
}

/** The same, for whoever takes items as DynamoDB itself writes them. */
export function dynamoDbClient({ endpoint, region }: DocumentClientOptions = {}): DynamoDBClient {
  const client = new DynamoDBClient({
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      // One disk of one laptop may stall where a region does not.
      requestTimeout: endpoint === undefined ? REQUEST_TIMEOUT_MS : LOCAL_REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: SOCKETS },
    },
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && {
      endpoint,
      region: region ?? 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  });
  // For a log that nobody reads, it copies all that is sent and answered.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
