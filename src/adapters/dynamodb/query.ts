import { QueryCommand, type DynamoDBDocumentClient, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { answerOf, type Item } from './errors.ts';

/** Every item that a query finds, page after page. @throws Unavailable */
export async function* query(client: DynamoDBDocumentClient, input: QueryCommandInput): AsyncGenerator<Item> {
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const request = new QueryCommand({ ...input, ExclusiveStartKey: start });
    const answer = await answerOf(() => client.send(request));
    yield* answer.Items ?? [];
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
}
