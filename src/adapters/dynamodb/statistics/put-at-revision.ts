import type { ItemKey } from '../keys.ts';
import type { Write } from '../write-all.ts';

/** Writes an item in the place of one that is at a revision; at 0 there must be none. Refused, it tells what there is. */
export function putAtRevision(tableName: string, key: ItemKey, revision: number, attributes: object): Write {
  return {
    Put: {
      TableName: tableName,
      Item: { ...key, ...attributes },
      ...(revision === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :revision',
            ExpressionAttributeValues: { ':revision': revision },
          }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}
