import type { Instant } from '../../domain/shared/time.ts';

/** A message of a topic, as it arrives. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly sentAt: Instant;
  readonly payload: string;
}

/** What a message led to; with a `reason`, it can never succeed as it is. */
export interface Reception {
  readonly outcome: string;
  readonly reason?: string;
}

/** Takes the messages of one topic. */
export interface Receiver {
  /** Does what a message says; sets it aside, durably, where that can never succeed. What is thrown may succeed later. */
  execute(message: ReceivedMessage): Promise<Reception>;

  /** Does what a message says, without setting it aside. */
  attempt(payload: string): Promise<Reception>;
}
