import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  SetAsideEvents,
  SetAsideMessage,
} from '../../../application/statistics/ports/set-aside-events.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import type { SetAsideEvent } from '../../../domain/statistics/set-aside-event.ts';
import { answerOf, type Item } from '../errors.ts';
import { SetAsideItems, setAsidePlace } from '../set-aside-items.ts';

export class DynamoDbSetAsideEvents implements SetAsideEvents {
  readonly #items: SetAsideItems;

  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {
    this.#items = new SetAsideItems(client, tableName);
  }

  async keep(message: SetAsideMessage): Promise<void> {
    const { id, itemKey } = setAsidePlace(message.sentAt, message.messageId);
    const request = new UpdateCommand({
      TableName: this.tableName,
      Key: itemKey,
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
    for await (const item of this.#items.list(since, until)) yield setAsideEventOf(item);
  }

  async find(id: string): Promise<SetAsideEvent | undefined> {
    const item = await this.#items.find(id);
    return item && setAsideEventOf(item);
  }

  async remove(id: string): Promise<void> {
    await this.#items.remove(id);
  }
}

function setAsideEventOf(item: Item): SetAsideEvent {
  const { id, topic, payload, reason, firstSeenAt, lastSeenAt } = item as unknown as SetAsideEvent;
  return { id, topic, payload, reason, firstSeenAt, lastSeenAt };
}
