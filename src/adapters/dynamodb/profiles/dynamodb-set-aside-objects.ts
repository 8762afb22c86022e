import { createHash } from 'node:crypto';
import { DeleteCommand, GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  SetAsideObject,
  SetAsideObjects,
  UnrecordedObject,
} from '../../../application/profiles/ports/set-aside-objects.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import { days } from '../days.ts';
import { answerOf, type Item } from '../errors.ts';
import { key, type ItemKey } from '../keys.ts';
import { query } from '../query.ts';

export class DynamoDbSetAsideObjects implements SetAsideObjects {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async keep({ objectKey, reason, notifiedAt }: UnrecordedObject): Promise<void> {
    const [day = '', time = ''] = notifiedAt.split('T');
    // The key of an object may be as long as a sort key may be.
    const digest = createHash('sha256').update(objectKey).digest('base64url');
    const id = `${day}/${time}/${digest}`;
    const request = new PutCommand({
      TableName: this.tableName,
      Item: { ...keyOf(day, time, digest), id, objectKey, reason, notifiedAt },
    });
    await answerOf(() => this.client.send(request));
  }

  async *list(since: Instant, until: Instant): AsyncGenerator<SetAsideObject> {
    for (const day of days(since, until)) {
      const found = query(this.client, {
        TableName: this.tableName,
        KeyConditionExpression: 'pk = :day',
        ExpressionAttributeValues: { ':day': dayPk(day) },
        ConsistentRead: true,
      });
      for await (const item of found) yield setAsideObjectOf(item);
    }
  }

  async find(id: string): Promise<SetAsideObject | undefined> {
    const itemKey = keyOfId(id);
    if (itemKey === undefined) return undefined;
    const request = new GetCommand({ TableName: this.tableName, Key: itemKey, ConsistentRead: true });
    const { Item } = await answerOf(() => this.client.send(request));
    return Item && setAsideObjectOf(Item);
  }

  async remove(id: string): Promise<void> {
    const itemKey = keyOfId(id);
    if (itemKey === undefined) return;
    await answerOf(() => this.client.send(new DeleteCommand({ TableName: this.tableName, Key: itemKey })));
  }
}

function dayPk(day: string): string {
  return key('SETASIDE', day);
}

function keyOf(day: string, time: string, digest: string): ItemKey {
  return { pk: dayPk(day), sk: key(time, digest) };
}

function keyOfId(id: string): ItemKey | undefined {
  const [day, time, digest, ...more] = id.split('/');
  if (!day || !time || !digest || more.length > 0) return undefined;
  return keyOf(day, time, digest);
}

function setAsideObjectOf(item: Item): SetAsideObject {
  const { id, objectKey, reason, notifiedAt } = item as unknown as SetAsideObject;
  return { id, objectKey, reason, notifiedAt };
}
