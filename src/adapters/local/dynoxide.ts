import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { engineBinary, type EngineEnvironment } from './engine-binary.ts';
import { prepareEngineDatabase } from './engine-database.ts';
import { endOrphans } from './orphan.ts';

/** A running DynamoDB engine. */
export interface Engine {
  readonly endpoint: string;
  /** The process, where one was started. */
  readonly pid?: number;
  /** Settles when the engine ends by itself, with how it did; never after `stop`, nor where nothing was started. */
  readonly exited: Promise<string>;
  /** Ends the engine and waits until it is gone. What was acknowledged is in its file. */
  stop(): Promise<void>;
}

export interface EngineOptions {
  /**
   * Where the data lives: the caller owns this folder, so that an engine found on it is an orphan, and is ended.
   * Without it the engine keeps its data in memory.
   */
  readonly dataFolder?: string | undefined;
  /** A free port of the loopback interface unless given. */
  readonly port?: number | undefined;
  readonly env: EngineEnvironment;
  readonly log?: (line: string) => void;
}

const START_MS = 15_000;
const STOP_MS = 5_000;
const LAST_LINES = 5;

/**
 * Starts the dynoxide engine, or takes the one at DYNAMODB_ENDPOINT, and waits until it answers.
 *
 * @throws Error with a message for the person at the terminal: no engine, a folder that cannot be written, an engine
 * that ended at once (with what it said)
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { env, dataFolder, log = () => {} } = options;
  if (env.DYNAMODB_ENDPOINT) {
    return { endpoint: env.DYNAMODB_ENDPOINT, exited: new Promise(() => {}), stop: () => Promise.resolve() };
  }
  const binary = engineBinary(env);
  const data = dataFolder === undefined ? undefined : await prepareDataFolder(dataFolder, log);
  const port = options.port ?? (await freePort());
  const child = spawn(
    binary,
    ['serve', '--host', '127.0.0.1', '--port', String(port), ...(data ? ['--db-path', data.database] : [])],
    // A group of its own: Ctrl+C in the terminal must not end the engine before its users have finished.
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  if (data && child.pid !== undefined) writeFileSync(data.pidFile, String(child.pid));
  const killWithParent = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithParent);
  const { started, ended } = listenTo(child, log);
  void ended.then(() => process.off('exit', killWithParent));
  try {
    await inTime(binary, started, ended);
    let stopping = false;
    return {
      endpoint: `http://127.0.0.1:${port}`,
      ...(child.pid !== undefined && { pid: child.pid }),
      exited: new Promise((resolve) => void ended.then((how) => stopping || resolve(how))),
      stop: async () => {
        stopping = true;
        await stop(child);
        if (data) rmSync(data.pidFile, { force: true });
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

async function prepareDataFolder(
  folder: string,
  log: (line: string) => void,
): Promise<{ database: string; pidFile: string }> {
  try {
    mkdirSync(folder, { recursive: true });
    const real = realpathSync(folder);
    const data = { database: join(real, 'dynamodb.sqlite'), pidFile: join(real, 'engine.pid') };
    await endOrphans(data.database, log);
    prepareEngineDatabase(data.database);
    // Fails here, with a reason, rather than in the engine's first write.
    writeFileSync(data.pidFile, '');
    return data;
  } catch (error) {
    throw new Error(`The data folder ${folder} cannot be used: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** `started` when the engine says that it listens, `ended` when it is gone, with how it ended and what it said last. */
function listenTo(
  child: ChildProcess,
  log: (line: string) => void,
): { readonly started: Promise<void>; readonly ended: Promise<string> } {
  const said: string[] = [];
  const started = new Promise<void>((resolve) => {
    createInterface({ input: child.stderr! }).on('line', (line) => {
      if (line.trim() === '') return;
      log(line);
      if (line.includes('listening on')) return resolve();
      said.push(line);
      if (said.length > LAST_LINES) said.shift();
    });
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve([signal ?? `status ${code}`, ...said].join(': ')));
  });
  return { started, ended };
}

async function inTime(binary: string, started: Promise<void>, ended: Promise<string>): Promise<void> {
  const { promise: late, cancel } = timeout(START_MS);
  const outcome = await Promise.race([
    started,
    ended.then((how) => `The engine ${binary} ended while it was starting: ${how}`),
    late.then(() => `The engine ${binary} did not start within ${START_MS / 1000} seconds.`),
  ]);
  cancel();
  if (outcome !== undefined) throw new Error(outcome);
}

function timeout(ms: number): { readonly promise: Promise<void>; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<void>((resolve) => void (timer = setTimeout(resolve, ms)));
  return { promise, cancel: () => clearTimeout(timer) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(timer);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}
