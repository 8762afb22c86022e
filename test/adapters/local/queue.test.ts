import { mkdtemp, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { Journal } from '../../../src/adapters/local/journal.ts';
import { QueueEventSource } from '../../../src/adapters/local/queue-event-source.ts';
import { LocalQueue } from '../../../src/adapters/local/queue.ts';

let folder: string;
let ids = 0;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queue-'));
  ids = 0;
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((queue) => queue.close()));
  await rm(folder, { recursive: true, force: true });
});

const path = (): string => join(folder, 'q.jsonl');
const opened: LocalQueue[] = [];
async function openQueue(capacity?: number): Promise<LocalQueue> {
  const queue = new LocalQueue({
    name: 'q',
    journal: new Journal(path()),
    now: () => 1_000,
    newId: () => `${process.hrtime.bigint()}-${++ids}`,
    ...(capacity !== undefined && { capacity }),
  });
  opened.push(queue);
  await queue.open();
  return queue;
}
const bodies = (queue: LocalQueue): string[] => queue.receive(Infinity).map(({ body }) => body);

describe('LocalQueue', () => {
  it('delivers again, after a restart, what was sent and not deleted, received or not', async () => {
    const queue = await openQueue();
    await queue.send(['a', 'b']);
    await queue.send(['c']);
    const [a] = queue.receive(2);
    await queue.delete([a!.id]);
    expect(bodies(await openQueue())).toEqual(['b', 'c']);
  });

  it('keeps what was acknowledged when a kill cuts its last line short', async () => {
    const queue = await openQueue();
    await queue.send(['a', 'b']);
    await truncate(path(), (await stat(path())).size - 5);
    const second = await openQueue();
    expect(second.size).toBe(1);
    await second.send(['c']);
    expect(bodies(await openQueue())).toEqual(['a', 'c']);
  });

  it('goes on behind a line that was cut short in the middle of a write', async () => {
    const queue = await openQueue();
    await queue.send(['a']);
    await truncate(path(), (await stat(path())).size - 5);
    // The same process goes on, as after a disk that was full for a moment.
    await queue.send(['b']);
    expect(bodies(await openQueue())).toEqual(['b']);
  });

  it('gives a message to one receiver at a time, and counts how often', async () => {
    const queue = await openQueue();
    await queue.send(['a']);
    const [first] = queue.receive(10);
    expect(first?.receiveCount).toBe(1);
    expect(queue.receive(10)).toEqual([]);
    queue.release([first!.id]);
    queue.release([first!.id]);
    expect(queue.receive(10).map(({ receiveCount }) => receiveCount)).toEqual([2]);
  });

  it('tells a producer to wait while it is full, until there is room or the end', async () => {
    const queue = await openQueue(2);
    await queue.send(['a', 'b']);
    let isRoom = false;
    const room = queue.whenRoom().then(() => (isRoom = true));
    await Promise.resolve();
    expect(isRoom).toBe(false);
    await queue.delete(queue.receive(1).map(({ id }) => id));
    await room;
    await queue.send(['c']);
    const waiting = queue.whenRoom();
    queue.interrupt();
    await expect(waiting).rejects.toThrow('is being closed');
    expect(bodies(queue)).toEqual(['b', 'c']);
  });

  it('loses nothing that is sent while its journal is written anew', async () => {
    const queue = await openQueue();
    await queue.send(Array.from({ length: 10_001 }, () => 'x'));
    // Deleting so many has the journal written anew; the others are sent before, while and after that happens.
    const sending = [queue.delete(queue.receive(Infinity).map(({ id }) => id))];
    for (let number = 0; number < 20; number++) {
      sending.push(queue.send([`sent ${number}`]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(sending);
    expect(bodies(await openQueue())).toHaveLength(20);
  });

  it('does not let its journal grow with what is gone', async () => {
    const queue = await openQueue(Infinity);
    for (let round = 0; round < 3; round++) {
      await queue.send(Array.from({ length: 6_000 }, () => 'x'.repeat(50)));
      await queue.delete(queue.receive(Infinity).map(({ id }) => id));
    }
    await queue.send(['last']);
    expect((await readFile(path(), 'utf8')).split('\n').length).toBeLessThan(21_000);
    expect(bodies(await openQueue())).toEqual(['last']);
  });
});

describe('QueueEventSource', () => {
  const deadLettered: string[] = [];
  const source = (
    queue: LocalQueue,
    deadLetters: LocalQueue,
    handler: (event: SQSEvent) => Promise<SQSBatchResponse>,
    waits: number[] = [],
  ): QueueEventSource =>
    new QueueEventSource({
      queue,
      deadLetters,
      handler,
      maxReceiveCount: 3,
      batchSize: 10,
      concurrency: 2,
      wait: (ms) => Promise.resolve(void waits.push(ms)),
      onFailure: () => {},
      onDeadLetters: (messages) => deadLettered.push(...messages.map(({ body }) => body)),
    });
  const memoryQueue = (): LocalQueue =>
    new LocalQueue({ name: 'q', now: () => 1_000, newId: () => String(++ids) });
  /** Drains until nothing is left, however often messages come back. */
  const drainAll = async (events: QueueEventSource, queue: LocalQueue): Promise<void> => {
    while (queue.size > 0) {
      await queue.whenReady();
      await events.drain();
    }
  };

  it('deletes what succeeded and delivers again only what failed, later each time', async () => {
    const queue = memoryQueue();
    const seen: string[][] = [];
    const waits: number[] = [];
    let failures = 2;
    const events = source(
      queue,
      memoryQueue(),
      async ({ Records }) => {
        seen.push(Records.map(({ body }) => body));
        const bad = Records.filter(({ body }) => body === 'b' && failures-- > 0);
        return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      },
      waits,
    );
    await queue.send(['a', 'b', 'c']);
    await drainAll(events, queue);
    expect(seen).toEqual([['a', 'b', 'c'], ['b'], ['b']]);
    expect(waits).toEqual([200, 400]);
  });

  it('moves what fails too often to the dead letters', async () => {
    const queue = memoryQueue();
    const dead = memoryQueue();
    let calls = 0;
    const events = source(queue, dead, async () => {
      calls++;
      throw new Error('always');
    });
    await queue.send(['a']);
    await drainAll(events, queue);
    expect(calls).toBe(3);
    expect(bodies(dead)).toEqual(['a']);
    expect(deadLettered).toEqual(['a']);
  });

  it('runs until it is stopped, and finishes what is under way', async () => {
    const queue = memoryQueue();
    let finish = (): void => {};
    let begun = (): void => {};
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const events = source(queue, memoryQueue(), async () => {
      begun();
      await new Promise<void>((resolve) => (finish = resolve));
      return { batchItemFailures: [] };
    });
    const running = events.run();
    await queue.send(['a']);
    await beginning;
    events.stop();
    finish();
    await running;
    expect(queue.size).toBe(0);
  });
});
