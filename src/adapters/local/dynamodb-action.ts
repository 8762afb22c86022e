import { Unavailable } from '../../domain/shared/errors.ts';
import type { Action } from './integration-handler.ts';

/** The credentials of every client of an engine of this machine, which looks at their form and no further. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

/** As long as API Gateway waits at most. */
const TIMEOUT_MS = 29_000;

/** An action of DynamoDB by its JSON protocol, as API Gateway asks for it. @param name such as `Query` */
export function dynamoDbAction(endpoint: string, name: string): Action {
  return async (body) => {
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          authorization: AUTHORIZATION,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-date': new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
          'x-amz-target': `DynamoDB_20120810.${name}`,
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      throw new Unavailable('The database did not answer in time.', { cause: error });
    }
  };
}
