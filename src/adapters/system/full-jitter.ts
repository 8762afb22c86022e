import { setTimeout as delay } from 'node:timers/promises';

/** Waits before another try of something that has been tried so many times, from 1. */
export type Backoff = (tries: number) => Promise<void>;

const FIRST_MS = 10;
const LONGEST_MS = 500;

/** Waits a random part of a span that doubles with each try, so that those that collided do not collide again. */
export const fullJitter: Backoff = async (tries) => {
  await delay(Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** tries));
};
