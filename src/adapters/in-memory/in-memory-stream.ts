import type { DynamoDBRecord } from 'aws-lambda';
import type { ShardRead, StreamSource } from '../local/stream-source.ts';

const SHARD = 'shardId-in-memory';
const MOST = 1_000;

/** The stream of a table that is in the memory of this process. */
export class InMemoryStream implements StreamSource {
  readonly #records: DynamoDBRecord[] = [];

  /** @param record with a sequence number after that of the last one, of the same length */
  append(record: DynamoDBRecord): void {
    this.#records.push(record);
  }

  async identity(): Promise<string> {
    return 'in-memory';
  }

  async shards(): Promise<readonly { readonly shardId: string }[]> {
    return [{ shardId: SHARD }];
  }

  async reaches(_shardId: string, sequenceNumber: string): Promise<boolean> {
    return (this.#records.at(-1)?.dynamodb?.SequenceNumber ?? '') >= sequenceNumber;
  }

  async read(_shardId: string, after: string | undefined): Promise<ShardRead> {
    const start = after === undefined ? 0 : indexAfter(this.#records, after);
    return { records: this.#records.slice(start, start + MOST), ended: false };
  }
}

/** Sequence numbers have one length and ascend. */
function indexAfter(records: readonly DynamoDBRecord[], sequenceNumber: string): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle]?.dynamodb?.SequenceNumber ?? '') <= sequenceNumber) low = middle + 1;
    else high = middle;
  }
  return low;
}
