import { setTimeout as delay } from 'node:timers/promises';
import type { Backoff } from '../../domain/shared/time.ts';

const FIRST_MS = 10;
const LONGEST_MS = 500;

/** Waits a random part of a span that doubles with each try, so that those that collided do not collide again. */
export const fullJitter: Backoff = async (tries) => {
  await delay(Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** tries));
};
