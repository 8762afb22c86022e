import type { Journal } from './journal.ts';

export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly sentAtMs: number;
  /** How often it was received, this time included. */
  readonly receiveCount: number;
}

type JournalEntry =
  | { readonly sent: { readonly id: string; readonly body: string; readonly sentAtMs: number } }
  | { readonly deleted: string };

interface Stored {
  readonly id: string;
  readonly body: string;
  readonly sentAtMs: number;
  receiveCount: number;
  inFlight: boolean;
}

export interface QueueOptions {
  readonly name: string;
  /** Where the messages survive the process; without it they live as long as the process. */
  readonly journal?: Journal<JournalEntry>;
  readonly now: () => number;
  readonly newId: () => string;
  /** How many messages are so many that `whenRoom` waits. */
  readonly capacity?: number;
}

/** How many dead lines the journal may hold before it is written anew. */
const DEAD_LINES = 20_000;

/**
 * A queue with the promises of SQS: a message that was sent is delivered at least once, in no promised order, and stays
 * until it is deleted.
 */
export class LocalQueue {
  readonly name: string;
  private readonly messages = new Map<string, Stored>();
  private readonly ready: Stored[] = [];
  private readonly capacity: number;
  private deadLines = 0;
  private isInterrupted = false;
  private readonly waiting = { arrival: deferred(), room: deferred() };

  constructor(private readonly options: QueueOptions) {
    this.name = options.name;
    this.capacity = options.capacity ?? 10_000;
  }

  /** Takes up what an earlier process left. */
  async open(): Promise<void> {
    const { journal } = this.options;
    if (journal === undefined) return;
    for await (const entry of journal.read()) {
      if ('sent' in entry)
        this.messages.set(entry.sent.id, { ...entry.sent, receiveCount: 0, inFlight: false });
      else this.messages.delete(entry.deleted);
    }
    await this.compact();
    this.makeReady([...this.messages.values()]);
  }

  /** Resolves when the messages are safe. */
  async send(bodies: readonly string[]): Promise<void> {
    const sentAtMs = this.options.now();
    const sent = bodies.map((body) => ({ id: this.options.newId(), body, sentAtMs }));
    const stored = sent.map((message): Stored => ({ ...message, receiveCount: 0, inFlight: true }));
    // Known before they are in the journal: a rewrite of it in between must not leave them out.
    for (const message of stored) this.messages.set(message.id, message);
    try {
      await this.options.journal?.append(sent.map((message) => ({ sent: message })));
    } catch (error) {
      for (const { id } of sent) this.messages.delete(id);
      throw error;
    }
    this.makeReady(stored);
  }

  /**
   * Resolves when the queue has room, so that a slow consumer slows its producer.
   *
   * @throws Error when it is interrupted
   */
  async whenRoom(): Promise<void> {
    while (this.messages.size >= this.capacity) {
      if (this.isInterrupted) throw new Error(`The queue ${this.name} is full and is being closed.`);
      await this.waiting.room.promise;
    }
  }

  /** Wakes whoever waits for room or for messages, for good: the process is ending. */
  interrupt(): void {
    this.isInterrupted = true;
    this.signal('room');
    this.signal('arrival');
  }

  /** Up to `most` messages, which nobody else receives until they are released. */
  receive(most: number): readonly QueuedMessage[] {
    return this.ready.splice(0, most).map((message) => {
      message.inFlight = true;
      message.receiveCount++;
      return { ...message };
    });
  }

  async delete(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const id of ids) this.messages.delete(id);
    this.signal('room');
    await this.options.journal?.append(ids.map((deleted) => ({ deleted })));
    this.deadLines += 2 * ids.length;
    if (this.deadLines > DEAD_LINES) await this.compact();
  }

  /** Makes messages that were received receivable again. */
  release(ids: readonly string[]): void {
    this.makeReady(ids.flatMap((id) => this.messages.get(id) ?? []).filter(({ inFlight }) => inFlight));
  }

  /** Resolves when there is something to receive, or the queue is interrupted. */
  async whenReady(): Promise<void> {
    while (this.ready.length === 0 && !this.isInterrupted) await this.waiting.arrival.promise;
  }

  /** Lets go of the journal. What is sent or deleted afterwards opens it again. */
  async close(): Promise<void> {
    await this.options.journal?.close();
  }

  /** All messages, in flight or not. */
  get size(): number {
    return this.messages.size;
  }

  private makeReady(messages: readonly Stored[]): void {
    for (const message of messages) {
      message.inFlight = false;
      this.ready.push(message);
    }
    this.signal('arrival');
  }

  private signal(what: 'arrival' | 'room'): void {
    this.waiting[what].resolve();
    this.waiting[what] = deferred();
  }

  private async compact(): Promise<void> {
    this.deadLines = 0;
    await this.options.journal?.rewrite(() =>
      [...this.messages.values()].map(({ id, body, sentAtMs }) => ({ sent: { id, body, sentAtMs } })),
    );
  }
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
