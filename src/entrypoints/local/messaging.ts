import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Journal } from '../../adapters/local/journal.ts';
import { LocalQueue } from '../../adapters/local/queue.ts';
import { LocalTopic } from '../../adapters/local/topic.ts';
import type { Log } from '../../adapters/system/json-log.ts';
import { TOPICS, type Topic } from '../../domain/statistics/set-aside-event.ts';

/** A queue, and where the messages go that nobody could take. */
export interface Consumed {
  readonly queue: LocalQueue;
  readonly deadLetters: LocalQueue;
}

/** A topic, and the queue of the one who takes its messages. */
export interface Subscription extends Consumed {
  readonly topic: LocalTopic;
}

/** The topics of this machine, with the queues behind them, which take up what an earlier process left. */
export interface Messaging {
  readonly subscriptions: Readonly<Record<Topic, Subscription>>;
  /** Where the object store tells of its objects. */
  readonly objects: Consumed;
  /** Where imports are begun and told to go on. */
  readonly imports: Consumed;
  close(): Promise<void>;
}

/** @param folder where messages survive the process; without it they live as long as the process */
export async function openMessaging(folder: string | undefined, log: Log): Promise<Messaging> {
  const opened: LocalQueue[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((queue) => queue.close()));
  };
  const queueOf = async (name: string, capacity?: number): Promise<LocalQueue> => {
    const queue = new LocalQueue({
      name,
      now: Date.now,
      newId: randomUUID,
      ...(folder !== undefined && { journal: new Journal(join(folder, 'queues', `${name}.jsonl`)) }),
      ...(capacity !== undefined && { capacity }),
    });
    await queue.open();
    opened.push(queue);
    return queue;
  };
  const consumed = async (name: string): Promise<Consumed> => {
    const queue = await queueOf(name);
    const deadLetters = await queueOf(`${name}-dead-letters`, Infinity);
    // What was given up before may succeed now; a start is the time to find out.
    const dead = deadLetters.receive(Infinity);
    if (dead.length > 0) {
      log.warn('dead letters are delivered again', { queue: name, count: dead.length });
      await queue.send(dead.map(({ body }) => body));
      await deadLetters.delete(dead.map(({ id }) => id));
    }
    return { queue, deadLetters };
  };
  const subscribe = async (name: Topic): Promise<Subscription> => {
    const { queue, deadLetters } = await consumed(name);
    const topic = new LocalTopic(name, Date.now, randomUUID);
    topic.subscribe(queue);
    return { topic, queue, deadLetters };
  };
  try {
    const [events, observations] = TOPICS;
    return {
      subscriptions: {
        [events]: await subscribe(events),
        [observations]: await subscribe(observations),
      },
      objects: await consumed('document-objects'),
      imports: await consumed('imports'),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
