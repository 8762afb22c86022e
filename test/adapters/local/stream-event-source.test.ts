import { describe, expect, it } from '@jest/globals';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { MemoryCheckpoints, type Checkpoints } from '../../../src/adapters/local/checkpoints.ts';
import { StreamEventSource } from '../../../src/adapters/local/stream-event-source.ts';
import type { StreamSource } from '../../../src/adapters/local/stream-source.ts';

const record = (sequence: number, sk = 'PROFILE'): DynamoDBRecord => ({
  dynamodb: { Keys: { pk: { S: 'COMPANY#1' }, sk: { S: sk } }, SequenceNumber: String(sequence) },
});
const sequences = ({ Records }: DynamoDBStreamEvent): number[] =>
  Records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber));
const ALL_GOOD: DynamoDBBatchResponse = { batchItemFailures: [] };

interface Shard {
  shardId: string;
  parentShardId?: string;
  records: DynamoDBRecord[];
  ended?: boolean;
}

function streamOf(shards: Shard[], identity = 'stream-1'): StreamSource {
  return {
    identity: async () => identity,
    shards: async () => shards,
    reaches: async (shardId, sequenceNumber) =>
      shards
        .find((one) => one.shardId === shardId)!
        .records.some(({ dynamodb }) => Number(dynamodb?.SequenceNumber) >= Number(sequenceNumber)),
    read: async (shardId, after) => {
      const shard = shards.find((one) => one.shardId === shardId)!;
      const start = shard.records.findIndex(
        ({ dynamodb }) => Number(dynamodb?.SequenceNumber) > Number(after ?? -1),
      );
      return { records: start < 0 ? [] : shard.records.slice(start), ended: shard.ended ?? false };
    },
  };
}

function consumer(
  source: StreamSource,
  handler: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>,
  {
    checkpoints = new MemoryCheckpoints(),
    batchSize = 100,
    maximumAttempts = 20,
  }: { checkpoints?: Checkpoints; batchSize?: number; maximumAttempts?: number } = {},
) {
  const waits: number[] = [];
  const givenUp: number[][] = [];
  const restarts: string[] = [];
  const events = new StreamEventSource({
    name: 'consumer',
    source,
    checkpoints,
    sortKeyPrefixes: ['PROFILE'],
    handler,
    batchSize,
    maximumAttempts,
    wait: async (ms) => void waits.push(ms),
    onRestart: (why) => restarts.push(why),
    onFailure: () => {},
    onGivenUp: async (_reason, records) => void givenUp.push(sequences({ Records: [...records] })),
  });
  return { events, waits, givenUp, restarts };
}

describe('StreamEventSource', () => {
  it('wakes the handler only for the items it asked for, in order, in batches', async () => {
    const batches: number[][] = [];
    const records = [
      record(1),
      record(2, 'REVISION#0000000001'),
      record(3),
      record(4),
      record(5, 'DOCUMENT#1'),
    ];
    const { events } = consumer(
      streamOf([{ shardId: 's', records }]),
      async (event) => {
        batches.push(sequences(event));
        return ALL_GOOD;
      },
      { batchSize: 2 },
    );
    expect(await events.poll()).toBe(5);
    expect(batches).toEqual([[1, 3], [4]]);
    expect(await events.poll()).toBe(0);
  });

  it('goes on, after a restart, behind what had succeeded', async () => {
    const checkpoints = new MemoryCheckpoints();
    const shard = { shardId: 's', records: [record(1), record(2), record(3)] };
    const first = consumer(
      streamOf([shard]),
      async (event) => {
        if (sequences(event).includes(3)) throw new Error('killed here');
        return ALL_GOOD;
      },
      { checkpoints: failAfter(checkpoints, 2), batchSize: 1 },
    );
    await expect(first.events.poll()).rejects.toThrow('no more checkpoints');
    const seen: number[] = [];
    const second = consumer(
      streamOf([shard]),
      async (event) => {
        seen.push(...sequences(event));
        return ALL_GOOD;
      },
      { checkpoints },
    );
    await second.events.poll();
    expect(seen).toEqual([3]);
  });

  it('moves no checkpoint before its handler has succeeded', async () => {
    const checkpoints = new MemoryCheckpoints();
    // What is expected inside a handler would only make it fail, and be tried again.
    const atDelivery: unknown[] = [];
    const { events } = consumer(
      streamOf([{ shardId: 's', records: [record(1)] }]),
      async () => {
        atDelivery.push(await checkpoints.load('consumer'));
        return ALL_GOOD;
      },
      { checkpoints },
    );
    await events.poll();
    expect(atDelivery).toEqual([undefined]);
    expect(await checkpoints.load('consumer')).toEqual({
      stream: 'stream-1',
      shards: { s: { sequenceNumber: '1' } },
    });
  });

  it('sends again from the lowest failed record on, and nothing before it', async () => {
    const batches: number[][] = [];
    let failures = 1;
    const { events, waits } = consumer(
      streamOf([{ shardId: 's', records: [1, 2, 3, 4].map((sequence) => record(sequence)) }]),
      async (event) => {
        batches.push(sequences(event));
        return failures-- > 0
          ? { batchItemFailures: [{ itemIdentifier: '4' }, { itemIdentifier: '3' }] }
          : ALL_GOOD;
      },
    );
    await events.poll();
    expect(batches).toEqual([[1, 2, 3, 4], [3], [4]]);
    expect(waits).toEqual([100]);
  });

  it('halves a batch that throws until the poisonous record stands alone, gives it up, and goes on', async () => {
    const delivered = new Set<number>();
    const { events, givenUp } = consumer(
      streamOf([{ shardId: 's', records: [1, 2, 3, 4, 5, 6, 7, 8].map((sequence) => record(sequence)) }]),
      async (event) => {
        if (sequences(event).includes(6)) throw new Error('poison');
        for (const sequence of sequences(event)) delivered.add(sequence);
        return ALL_GOOD;
      },
      { maximumAttempts: 4 },
    );
    await events.poll();
    expect(givenUp).toEqual([[6]]);
    expect([...delivered].sort()).toEqual([1, 2, 3, 4, 5, 7, 8]);
  });

  it('waits longer after each failure, up to a bound', async () => {
    const { events, waits } = consumer(
      streamOf([{ shardId: 's', records: [record(1)] }]),
      async () => Promise.reject(new Error('never')),
      { maximumAttempts: 10 },
    );
    await events.poll();
    expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
  });

  it.each([
    ['of another stream', streamOf([{ shardId: 's', records: [record(1)] }], 'stream-2')],
    ['ahead of the stream', streamOf([{ shardId: 's', records: [record(1)] }])],
  ])('begins with the oldest record where the checkpoint is %s', async (why, source) => {
    const checkpoints = new MemoryCheckpoints();
    await checkpoints.save('consumer', { stream: 'stream-1', shards: { s: { sequenceNumber: '7' } } });
    const seen: number[] = [];
    const { events, restarts } = consumer(
      source,
      async (event) => {
        seen.push(...sequences(event));
        return ALL_GOOD;
      },
      { checkpoints },
    );
    await events.poll();
    expect(seen).toEqual([1]);
    expect(restarts).toEqual([`the checkpoint is ${why}`]);
  });

  it("reads a shard's children only when the shard has ended", async () => {
    const seen: number[] = [];
    const parent: Shard = { shardId: 'b-parent', records: [record(1)] };
    const child: Shard = { shardId: 'a-child', parentShardId: 'b-parent', records: [record(2)] };
    const { events } = consumer(streamOf([child, parent]), async (event) => {
      seen.push(...sequences(event));
      return ALL_GOOD;
    });
    await events.poll();
    expect(seen).toEqual([1]);
    parent.ended = true;
    await events.poll();
    await events.poll();
    expect(seen).toEqual([1, 2]);
  });

  it('polls again when the stream cannot be reached, and ends when it is stopped', async () => {
    let reads = 0;
    const working = streamOf([{ shardId: 's', records: [record(1)] }]);
    const { events, waits } = consumer(
      {
        identity: () => working.identity(),
        shards: async () => {
          if (reads++ < 2) throw new Error('the engine is gone');
          return working.shards();
        },
        reaches: working.reaches,
        read: working.read,
      },
      async () => {
        events.stop();
        return ALL_GOOD;
      },
    );
    await events.run(40);
    expect(waits).toEqual([100, 200]);
  });
});

/** Saves so often, and then fails as a killed process would. */
function failAfter(checkpoints: Checkpoints, saves: number): Checkpoints {
  return {
    load: (name) => checkpoints.load(name),
    save: async (name, checkpoint) => {
      if (saves-- <= 0) throw new Error('no more checkpoints');
      await checkpoints.save(name, checkpoint);
    },
  };
}
