import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEngine, type Engine, type EngineOptions } from './dynoxide.ts';

export interface SupervisedEngine {
  /** Stays the same when the engine is started again. */
  readonly endpoint: string;
  /** Settles when the engine cannot be kept running, with the reason. */
  readonly lost: Promise<Error>;
  stop(): Promise<void>;
}

const RESTARTS = 5;
const WITHIN_MS = 60_000;

/** The engine of a data folder, started again on the same port when it ends by itself. */
export async function superviseEngine(
  options: Omit<EngineOptions, 'port'> & {
    readonly dataFolder: string;
    readonly now: () => number;
    readonly onRestart: (how: string) => void;
  },
): Promise<SupervisedEngine> {
  const portFile = join(options.dataFolder, 'engine.port');
  let current = startOnLastPort(options, portFile);
  const { endpoint } = await current;
  const port = Number(new URL(endpoint).port);
  await writeFile(portFile, String(port));

  let stopped = false;
  const lost = (async (): Promise<Error> => {
    const ends: number[] = [];
    for (;;) {
      // A start that failed counts as an end, too.
      const how = await current.then(
        ({ exited }) => exited,
        (error: unknown) => (error as Error).message,
      );
      if (stopped) return new Error('The engine was stopped.');
      const now = options.now();
      ends.push(now);
      if (ends.filter((at) => now - at < WITHIN_MS).length > RESTARTS) {
        return new Error(`The engine ended ${RESTARTS + 1} times within a minute, at last by: ${how}`);
      }
      options.onRestart(how);
      current = startEngine({ ...options, port });
    }
  })();
  return {
    endpoint,
    lost,
    stop: async () => {
      stopped = true;
      await current.then(
        (engine) => engine.stop(),
        // It could not be started again: there is nothing to stop, and `lost` says why.
        () => undefined,
      );
    },
  };
}

/** Others may still be talking to the port of the last start: an import goes on when the server is started again. */
async function startOnLastPort(options: EngineOptions, portFile: string): Promise<Engine> {
  const port = Number(await readFile(portFile, 'utf8').catch(() => ''));
  if (!Number.isInteger(port) || port <= 0) return startEngine(options);
  try {
    return await startEngine({ ...options, port });
  } catch {
    // Somebody else has the port by now. Any other reason comes again, and is told.
    return startEngine(options);
  }
}
