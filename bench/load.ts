import { median, percentile } from './statistics.ts';

/** What a load did. */
export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Calls `once` so many times, so many at a time, each with its number. */
export async function load(
  count: number,
  concurrency: number,
  once: (index: number) => Promise<unknown>,
): Promise<Load> {
  const samples: number[] = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let index = next++; index < count; index = next++) {
        const begun = performance.now();
        await once(index);
        samples.push(performance.now() - begun);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  return { perSecond: count / seconds, p50Ms: percentile(samples, 0.5), p99Ms: percentile(samples, 0.99) };
}

/**
 * Runs loads in turns, so that whatever else the machine does strikes all of them alike, and gives each one's medians.
 * The first turn only warms up.
 */
export async function inTurns<Name extends string>(
  rounds: number,
  loads: Readonly<Record<Name, (round: number) => Promise<Load>>>,
): Promise<Record<Name, Load>> {
  const names = Object.keys(loads) as Name[];
  const measured = new Map<Name, Load[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const result = await loads[name](round);
      if (round > 0) measured.get(name)?.push(result);
    }
  }
  return Object.fromEntries(
    names.map((name) => {
      const all = measured.get(name) ?? [];
      return [
        name,
        {
          perSecond: median(all.map(({ perSecond }) => perSecond)),
          p50Ms: median(all.map(({ p50Ms }) => p50Ms)),
          p99Ms: median(all.map(({ p99Ms }) => p99Ms)),
        },
      ];
    }),
  ) as Record<Name, Load>;
}
