import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface Consumed {
  readonly requests: number;
  /** Capacity units, as DynamoDB bills them. */
  readonly read: number;
  readonly write: number;
  /** The part of `write` that went to the table itself, not to its indexes. */
  readonly tableWrite: number;
  /** Entries that queries read, whether or not a filter let them through. */
  readonly entries: number;
}

/** What `work` consumes through the client, told by the database itself. */
export async function consumedBy(
  client: DynamoDBDocumentClient,
  work: () => Promise<unknown>,
): Promise<Consumed> {
  const consumed = { requests: 0, read: 0, write: 0, tableWrite: 0, entries: 0 };
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' });
        const result = await next(args);
        const output = result.output as {
          ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
          ScannedCount?: number;
        };
        if (output.ConsumedCapacity === undefined) throw new Error(`${commandName} tells no capacity.`);
        consumed.requests++;
        consumed.entries += output.ScannedCount ?? 0;
        for (const { CapacityUnits = 0, Table } of [output.ConsumedCapacity].flat()) {
          if (/Get|Query/.test(commandName ?? '')) consumed.read += CapacityUnits;
          else {
            consumed.write += CapacityUnits;
            consumed.tableWrite += Table?.CapacityUnits ?? 0;
          }
        }
        return result;
      },
    { step: 'initialize', name: 'consumedCapacity', priority: 'low' },
  );
  try {
    await work();
  } finally {
    client.middlewareStack.remove('consumedCapacity');
  }
  return consumed;
}
