import type { APIGatewayProxyEvent, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

// Events as AWS delivers them, recorded once: what is of interest to a test is put into them.

const SCOPES = 'profiles:read profiles:write statistics:read statistics:write';

/** A request through a REST API with a token authorizer. */
export function apiGatewayEvent(
  httpMethod: string,
  resource: string,
  pathParameters: Readonly<Record<string, string>> | null = null,
  body?: unknown,
): APIGatewayProxyEvent {
  const path = resource.replace(/\{(\w+)\}/g, (_, name: string) => pathParameters?.[name] ?? '');
  const headers = {
    Accept: '*/*',
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    Host: '1a2b3c4d5e.execute-api.eu-west-1.amazonaws.com',
    'User-Agent': 'curl/8.5.0',
    'X-Amzn-Trace-Id': 'Root=1-6655aa01-4f1e2d3c4b5a69788796a5b4',
    'X-Forwarded-For': '203.0.113.7',
    'X-Forwarded-Port': '443',
    'X-Forwarded-Proto': 'https',
  };
  return {
    resource,
    path,
    httpMethod,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters,
    stageVariables: null,
    requestContext: {
      resourceId: 'abc123',
      resourcePath: resource,
      httpMethod,
      extendedRequestId: 'YcQ0yE0nDoEFz8g=',
      requestTime: '28/May/2026:09:12:33 +0000',
      path: `/prod${path}`,
      accountId: '123456789012',
      protocol: 'HTTP/1.1',
      stage: 'prod',
      domainPrefix: '1a2b3c4d5e',
      requestTimeEpoch: 1779959553123,
      requestId: '0f5b1f8a-3d0c-4a6e-9a3e-0d5a6f7b8c9d',
      identity: {
        cognitoIdentityPoolId: null,
        accountId: null,
        cognitoIdentityId: null,
        caller: null,
        sourceIp: '203.0.113.7',
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: null,
        userAgent: 'curl/8.5.0',
        user: null,
        apiKey: null,
        apiKeyId: null,
        clientCert: null,
      },
      domainName: '1a2b3c4d5e.execute-api.eu-west-1.amazonaws.com',
      apiId: '1a2b3c4d5e',
      authorizer: { principalId: 'client-1', scope: SCOPES, integrationLatency: 12 },
    },
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
  };
}

/** A message from a topic, delivered directly. */
export function snsEvent(message: string): object {
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: 'arn:aws:sns:eu-west-1:123456789012:company-events:6a1c0f4e',
        Sns: snsNotification(message),
      },
    ],
  };
}

/** The same by a queue that is subscribed to the topic. */
export function sqsEvent(message: string): object {
  return queued(JSON.stringify({ Type: 'Notification', ...snsNotification(message) }));
}

/** A message that was sent to a queue itself. */
export function queued(body: string): object {
  return {
    Records: [
      {
        messageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
        receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
        body,
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '1779959553123',
          SenderId: 'AIDAIT2UOQQY3AUEKVGXU',
          ApproximateFirstReceiveTimestamp: '1779959553130',
        },
        messageAttributes: {},
        md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:queue',
        awsRegion: 'eu-west-1',
      },
    ],
  };
}

/** An object that was put into a bucket. */
export function s3Event(key: string, size: number): object {
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'eu-west-1',
        eventTime: '2026-05-28T09:12:33.123Z',
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: 'AWS:AIDAEXAMPLE' },
        requestParameters: { sourceIPAddress: '203.0.113.7' },
        responseElements: { 'x-amz-request-id': 'C3D13FE58DE4C810', 'x-amz-id-2': 'FMyUVURIY8' },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'objects',
          bucket: {
            name: 'company-documents',
            ownerIdentity: { principalId: 'A3NL1KOZZKExample' },
            arn: 'arn:aws:s3:::company-documents',
          },
          object: { key, size, eTag: 'd41d8cd98f00b204e9800998ecf8427e', sequencer: '0066558C0A5B6C7D8E' },
        },
      },
    ],
  };
}

/** Records of a table's stream. */
export function streamEvent(...records: readonly DynamoDBRecord[]): DynamoDBStreamEvent {
  return {
    Records: records.map((record, index) => ({
      eventID: `c4ca4238a0b923820dcc509a6f75849${index}`,
      eventVersion: '1.1',
      awsRegion: 'eu-west-1',
      eventSourceARN: 'arn:aws:dynamodb:eu-west-1:123456789012:table/table/stream/2026-05-28T09:00:00.000',
      ...record,
      dynamodb: { ApproximateCreationDateTime: 1779959553, SizeBytes: 512, ...record.dynamodb },
    })),
  };
}

function snsNotification(Message: string): object {
  return {
    MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:company-events',
    Message,
    Timestamp: '2026-05-28T09:12:33.123Z',
    SignatureVersion: '1',
    Signature: 'tcc6faL2yUC6dgZdmrwh1Y4cGa/ebXEkAi6RibDsvpi+tE/1+82j',
    SigningCertUrl: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-ac565b8b.pem',
    UnsubscribeUrl: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe',
    MessageAttributes: {},
  };
}
