import {
  DynamoDBServiceException,
  QueryCommand,
  type DynamoDBClient,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { Unavailable } from '../../domain/shared/errors.ts';
import type { Action } from '../local/integration-handler.ts';

/** The Query of DynamoDB as API Gateway asks for it, with the caller's credentials in the place of its own. */
export function queryAction(client: Pick<DynamoDBClient, 'send'>): Action {
  return async (body) => {
    try {
      const request = new QueryCommand(JSON.parse(body) as QueryCommandInput);
      const { $metadata: _, ...answer } = await client.send(request);
      return { status: 200, body: JSON.stringify(answer) };
    } catch (error) {
      if (!(error instanceof DynamoDBServiceException))
        throw new Unavailable('The database did not answer in time.', { cause: error });
      const { name, $fault, $metadata } = error;
      const status = $metadata.httpStatusCode ?? ($fault === 'client' ? 400 : 500);
      return { status, body: JSON.stringify({ __type: name }) };
    }
  };
}
