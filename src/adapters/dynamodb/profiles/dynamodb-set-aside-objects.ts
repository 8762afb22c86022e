import { createHash } from 'node:crypto';
import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  SetAsideObject,
  SetAsideObjects,
  UnrecordedObject,
} from '../../../application/profiles/ports/set-aside-objects.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import { answerOf, type Item } from '../errors.ts';
import { SetAsideItems, setAsidePlace } from '../set-aside-items.ts';

export class DynamoDbSetAsideObjects implements SetAsideObjects {
  readonly #items: SetAsideItems;

  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {
    this.#items = new SetAsideItems(client, tableName);
  }

  async keep({ objectKey, reason, notifiedAt }: UnrecordedObject): Promise<void> {
    // The key of an object may be as long as a sort key may be.
    const digest = createHash('sha256').update(objectKey).digest('base64url');
    const { id, itemKey } = setAsidePlace(notifiedAt, digest);
    const request = new PutCommand({
      TableName: this.tableName,
      Item: { ...itemKey, id, objectKey, reason, notifiedAt },
    });
    await answerOf(() => this.client.send(request));
  }

  async *list(since: Instant, until: Instant): AsyncGenerator<SetAsideObject> {
    for await (const item of this.#items.list(since, until)) yield setAsideObjectOf(item);
  }

  async find(id: string): Promise<SetAsideObject | undefined> {
    const item = await this.#items.find(id);
    return item && setAsideObjectOf(item);
  }

  async remove(id: string): Promise<void> {
    await this.#items.remove(id);
  }
}

function setAsideObjectOf(item: Item): SetAsideObject {
  const { id, objectKey, reason, notifiedAt } = item as unknown as SetAsideObject;
  return { id, objectKey, reason, notifiedAt };
}
