import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  SetAsideObject,
  SetAsideObjects,
} from '../../../application/profiles/ports/set-aside-objects.ts';
import { answerOf } from '../errors.ts';
import { cutToBytes, key } from '../keys.ts';
import { query } from '../query.ts';

/** What a sort key may have, without the time that it begins with. */
const LONGEST_KEY_BYTES = 900;

export class DynamoDbSetAsideObjects implements SetAsideObjects {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async keep({ objectKey, reason, notifiedAt }: SetAsideObject): Promise<void> {
    const [day = '', time = ''] = notifiedAt.split('T');
    const request = new PutCommand({
      TableName: this.tableName,
      Item: {
        pk: key('SETASIDE', day),
        sk: cutToBytes(key(time, objectKey), LONGEST_KEY_BYTES),
        objectKey,
        reason,
        notifiedAt,
      },
    });
    await answerOf(() => this.client.send(request));
  }

  async *list(day: string): AsyncGenerator<SetAsideObject> {
    const found = query(this.client, {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :day',
      ExpressionAttributeValues: { ':day': key('SETASIDE', day) },
      ConsistentRead: true,
    });
    for await (const { objectKey, reason, notifiedAt } of found) {
      yield { objectKey, reason, notifiedAt } as SetAsideObject;
    }
  }
}
