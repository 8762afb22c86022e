import { DeleteCommand, GetCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  SetAsideEvents,
  SetAsideMessage,
} from '../../../application/statistics/ports/set-aside-events.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import type { SetAsideEvent } from '../../../domain/statistics/set-aside-event.ts';
import { days } from '../days.ts';
import { answerOf, type Item } from '../errors.ts';
import { key, type ItemKey } from '../keys.ts';
import { query } from '../query.ts';

export class DynamoDbSetAsideEvents implements SetAsideEvents {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async keep(message: SetAsideMessage): Promise<void> {
    const [day = '', time = ''] = message.sentAt.split('T');
    const id = `${day}/${time}/${message.messageId}`;
    const request = new UpdateCommand({
      TableName: this.tableName,
      Key: keyOf(day, time, message.messageId),
      UpdateExpression:
        'SET id = :id, topic = :topic, payload = :payload, reason = :reason, lastSeenAt = :seenAt, ' +
        'firstSeenAt = if_not_exists(firstSeenAt, :seenAt)',
      ExpressionAttributeValues: {
        ':id': id,
        ':topic': message.topic,
        ':payload': message.payload,
        ':reason': message.reason,
        ':seenAt': message.seenAt,
      },
    });
    await answerOf(() => this.client.send(request));
  }

  async *list(since: Instant, until: Instant): AsyncGenerator<SetAsideEvent> {
    for (const day of days(since, until)) {
      const found = query(this.client, {
        TableName: this.tableName,
        KeyConditionExpression: 'pk = :day',
        ExpressionAttributeValues: { ':day': dayPk(day) },
        ConsistentRead: true,
      });
      for await (const item of found) yield setAsideEventOf(item);
    }
  }

  async find(id: string): Promise<SetAsideEvent | undefined> {
    const itemKey = keyOfId(id);
    if (itemKey === undefined) return undefined;
    const request = new GetCommand({ TableName: this.tableName, Key: itemKey, ConsistentRead: true });
    const { Item } = await answerOf(() => this.client.send(request));
    return Item && setAsideEventOf(Item);
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

function keyOf(day: string, time: string, messageId: string): ItemKey {
  return { pk: dayPk(day), sk: key(time, messageId) };
}

function keyOfId(id: string): ItemKey | undefined {
  const [, day, time, messageId] = /^([^/]+)\/([^/]+)\/(.+)$/su.exec(id) ?? [];
  if (day === undefined || time === undefined || messageId === undefined) return undefined;
  return keyOf(day, time, messageId);
}

function setAsideEventOf(item: Item): SetAsideEvent {
  const { id, topic, payload, reason, firstSeenAt, lastSeenAt } = item as unknown as SetAsideEvent;
  return { id, topic, payload, reason, firstSeenAt, lastSeenAt };
}
