import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Checkpoint, Checkpoints } from './checkpoints.ts';
import type { ShardInfo, StreamSource } from './stream-source.ts';

export interface StreamEventSourceOptions {
  /** Under this name the checkpoint is kept. */
  readonly name: string;
  readonly source: StreamSource;
  readonly checkpoints: Checkpoints;
  /** Only records whose sort key begins with one of these wake the handler. */
  readonly sortKeyPrefixes: readonly string[];
  readonly handler: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;
  readonly batchSize: number;
  /** How often records are tried before they go to `onGivenUp`. */
  readonly maximumAttempts: number;
  readonly wait: (ms: number) => Promise<void>;
  /** Told when what the checkpoint says cannot be used, and the oldest record is begun with. */
  readonly onRestart: (why: string) => void;
  /** Told of each failed attempt. */
  readonly onFailure: (reason: unknown, records: readonly DynamoDBRecord[]) => void;
  /** The on-failure destination: must have kept the records when it resolves. */
  readonly onGivenUp: (reason: unknown, records: readonly DynamoDBRecord[]) => Promise<void>;
}

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 10_000;

/**
 * Stream → Lambda, as an event source mapping does it: filter, batches in order, the failed batch halved, only what failed
 * sent again, bounded attempts, and a checkpoint that moves only after success.
 */
export class StreamEventSource {
  private stopped = false;
  private checkpoint: Checkpoint | undefined;

  constructor(private readonly options: StreamEventSourceOptions) {}

  /** Polls until it is stopped; `idleMs` lies between two polls that found nothing. */
  async run(idleMs: number): Promise<void> {
    for (let failures = 0; !this.stopped;) {
      try {
        const found = await this.poll();
        failures = 0;
        if (found === 0 && !this.stopped) await this.options.wait(idleMs);
      } catch (reason) {
        // The stream or the checkpoint cannot be reached: nothing has moved, and the poll is made again.
        this.options.onFailure(reason, []);
        await this.options.wait(retryMs(++failures));
      }
    }
  }

  /** Ends `run` after the batch under way. */
  stop(): void {
    this.stopped = true;
  }

  /** Delivers what the stream has now, and answers how many records it found. */
  async poll(): Promise<number> {
    const shards = await this.options.source.shards();
    const checkpoint = (this.checkpoint ??= await this.resume(shards));
    let found = 0;
    for (const { shardId, parentShardId } of shards) {
      // A child's records come after all of its parent's.
      if (parentShardId !== undefined && !this.positionIn(parentShardId)?.ended) continue;
      if (this.positionIn(shardId)?.ended) continue;
      found += await this.pollShard(checkpoint.stream, shardId);
    }
    return found;
  }

  /** Where the last run stopped; the oldest record where that says nothing of this stream. */
  private async resume(shards: readonly ShardInfo[]): Promise<Checkpoint> {
    const { name, source, checkpoints, onRestart } = this.options;
    const stream = await source.identity();
    const kept = await checkpoints.load(name);
    if (kept === undefined) return { stream, shards: {} };
    if (kept.stream !== stream) {
      onRestart('the checkpoint is of another stream');
      return { stream, shards: {} };
    }
    for (const { shardId } of shards) {
      const position = kept.shards[shardId]?.sequenceNumber;
      if (position !== undefined && !(await source.reaches(shardId, position))) {
        onRestart('the checkpoint is ahead of the stream');
        return { stream, shards: {} };
      }
    }
    return kept;
  }

  private positionIn(shardId: string): Checkpoint['shards'][string] | undefined {
    return this.checkpoint?.shards[shardId];
  }

  private async pollShard(stream: string, shardId: string): Promise<number> {
    const { records, ended } = await this.options.source.read(
      shardId,
      this.positionIn(shardId)?.sequenceNumber,
    );
    const { batchSize } = this.options;
    const wanted = records.filter(({ dynamodb }) => {
      const sortKey = dynamodb?.Keys?.['sk']?.S ?? '';
      return this.options.sortKeyPrefixes.some((prefix) => sortKey.startsWith(prefix));
    });
    for (let start = 0; start < wanted.length && !this.stopped; start += batchSize) {
      const batch = wanted.slice(start, start + batchSize);
      await this.deliver(stream, shardId, batch);
    }
    if (this.stopped) return records.length;
    const last = records.at(-1);
    if (last !== undefined || ended)
      await this.moveTo(stream, shardId, last && sequenceNumberOf(last), ended);
    return records.length;
  }

  /** Delivers records in order until each has succeeded or was given up. */
  private async deliver(stream: string, shardId: string, records: readonly DynamoDBRecord[]): Promise<void> {
    let waiting = records;
    let size = records.length;
    let attempts = 0;
    while (waiting.length > 0 && !this.stopped) {
      const batch = waiting.slice(0, size);
      const { done, reason } = await this.attempt(batch);
      if (done > 0) {
        attempts = 0;
        await this.moveTo(stream, shardId, sequenceNumberOf(batch[done - 1]!), false);
        waiting = waiting.slice(done);
        size = Math.max(1, size - done);
      }
      if (done === batch.length) {
        size = waiting.length;
        continue;
      }
      attempts++;
      this.options.onFailure(reason, batch);
      // Halving finds the record that cannot be processed, and lets the ones before it through.
      size = Math.max(1, Math.ceil(size / 2));
      if (attempts >= this.options.maximumAttempts) {
        const givenUp = waiting.slice(0, size);
        await this.options.onGivenUp(reason, givenUp);
        await this.moveTo(stream, shardId, sequenceNumberOf(givenUp.at(-1)!), false);
        waiting = waiting.slice(givenUp.length);
        size = waiting.length;
        attempts = 0;
      } else {
        await this.options.wait(retryMs(attempts));
      }
    }
  }

  /** How many records, from the first on, have succeeded. */
  private async attempt(batch: readonly DynamoDBRecord[]): Promise<{ done: number; reason?: unknown }> {
    try {
      const { batchItemFailures } = await this.options.handler({ Records: [...batch] });
      if (batchItemFailures.length === 0) return { done: batch.length };
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      const first = batch.findIndex((record) => failed.has(sequenceNumberOf(record)));
      return { done: Math.max(0, first), reason: new Error('the handler reported failed records') };
    } catch (reason) {
      return { done: 0, reason };
    }
  }

  private async moveTo(
    stream: string,
    shardId: string,
    sequenceNumber: string | undefined,
    ended: boolean,
  ): Promise<void> {
    const position = sequenceNumber ?? this.positionIn(shardId)?.sequenceNumber;
    const next: Checkpoint = {
      stream,
      shards: {
        ...this.checkpoint?.shards,
        [shardId]: {
          ...(position !== undefined && { sequenceNumber: position }),
          ...(ended && { ended: true }),
        },
      },
    };
    await this.options.checkpoints.save(this.options.name, next);
    this.checkpoint = next;
  }
}

function retryMs(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
}

function sequenceNumberOf(record: DynamoDBRecord): string {
  return record.dynamodb?.SequenceNumber ?? '';
}
