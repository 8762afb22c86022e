import { DeleteCommand, GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/shared/time.ts';
import { days } from './days.ts';
import { answerOf, type Item } from './errors.ts';
import { key, type ItemKey } from './keys.ts';
import { query } from './query.ts';

/** Where something set aside is kept, and the id by which it is asked for. */
export interface SetAsidePlace {
  readonly id: string;
  readonly itemKey: ItemKey;
}

/** The place of what was sent at a time. @param name what tells it from others of the same time: never empty */
export function setAsidePlace(at: Instant, name: string): SetAsidePlace {
  const [day = '', time = ''] = at.split('T');
  return { id: `${day}/${time}/${name}`, itemKey: keyOf(day, time, name) };
}

/** What is set aside in a table, a partition a day. */
export class SetAsideItems {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** Those of the days from that of one instant to that of another, oldest first. @throws Unavailable */
  async *list(since: Instant, until: Instant): AsyncGenerator<Item> {
    for (const day of days(since, until)) {
      yield* query(this.client, {
        TableName: this.tableName,
        KeyConditionExpression: 'pk = :day',
        ExpressionAttributeValues: { ':day': dayPk(day) },
        ConsistentRead: true,
      });
    }
  }

  /** @throws Unavailable */
  async find(id: string): Promise<Item | undefined> {
    const itemKey = keyOfId(id);
    if (itemKey === undefined) return undefined;
    const request = new GetCommand({ TableName: this.tableName, Key: itemKey, ConsistentRead: true });
    return (await answerOf(() => this.client.send(request))).Item;
  }

  /** @throws Unavailable */
  async remove(id: string): Promise<void> {
    const itemKey = keyOfId(id);
    if (itemKey === undefined) return;
    await answerOf(() => this.client.send(new DeleteCommand({ TableName: this.tableName, Key: itemKey })));
  }
}

function dayPk(day: string): string {
  return key('SETASIDE', day);
}

function keyOf(day: string, time: string, name: string): ItemKey {
  return { pk: dayPk(day), sk: key(time, name) };
}

function keyOfId(id: string): ItemKey | undefined {
  // A name may have slashes and line breaks of its own.
  const [, day, time, name] = /^([^/]+)\/([^/]+)\/(.+)$/su.exec(id) ?? [];
  if (day === undefined || time === undefined || name === undefined) return undefined;
  return keyOf(day, time, name);
}
