import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPrograms } from './bundled-programs.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ROOM_BYTES = 2 * 2 ** 30;
const PAUSE_MS = 25;

/** The arguments of Node that run a program of the system. */
type Programs = Readonly<Record<'server' | 'command', readonly string[]>>;

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The system as a newcomer runs it: the server and the commands as processes of their own, on a data folder. */
export class RunningSystem {
  private server: ChildProcess | undefined;
  private url = '';
  private port = '0';

  private constructor(
    readonly dataFolder: string,
    private readonly programs: Programs,
  ) {}

  /** A system that is not yet started, on an empty data folder; its programs are bundled, and so start quickly. */
  static async create(): Promise<RunningSystem> {
    const { server, command } = await bundledPrograms();
    return RunningSystem.of({
      server: ['--env-file=node.env', server],
      command: ['--env-file=node.env', command],
    });
  }

  /** The same from its sources, as `npm start` and `npm run registry` run it. */
  static async fromSources(): Promise<RunningSystem> {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<'start' | 'registry', string>;
    };
    const argumentsOf = (script: string): string[] => script.split(' ').slice(1);
    return RunningSystem.of({ server: argumentsOf(scripts.start), command: argumentsOf(scripts.registry) });
  }

  private static async of(programs: Programs): Promise<RunningSystem> {
    return new RunningSystem(await mkdtemp(join(await quickFolder(), 'registry-')), programs);
  }

  /** Starts the server, on the port of the last start, and waits for its banner. */
  async start(...args: string[]): Promise<string> {
    const server = this.spawn(this.programs.server, args);
    this.server = server;
    const { output, said } = collect(server);
    await Promise.race([
      said('Press Ctrl+C to stop.'),
      once(server, 'exit').then(() => Promise.reject(new Error(`the server ended: ${output.stderr}`))),
    ]);
    this.url = /running at (\S+)/.exec(output.stdout)?.[1] ?? '';
    this.port = new URL(this.url).port;
    return output.stdout;
  }

  /** Runs the server where it is expected to end by itself. */
  async startInVain(env: NodeJS.ProcessEnv = {}, ...args: string[]): Promise<Finished> {
    return finished(this.spawn(this.programs.server, args, env));
  }

  /** Ends the server as Ctrl+C does, and answers its exit status. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  async killServer(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Kills the DynamoDB engine, which is a process of its own. */
  async killEngine(): Promise<void> {
    process.kill(Number(await readFile(join(this.dataFolder, 'engine.pid'), 'utf8')), 'SIGKILL');
  }

  /** A command of `npm run registry --`, and the process that runs it. */
  command(...args: string[]): { readonly process: ChildProcess; readonly result: Promise<Finished> } {
    const child = this.spawn(this.programs.command, args);
    return { process: child, result: finished(child) };
  }

  /** The one JSON object that a command prints with --json; the command must not fail otherwise than by its status. */
  async json<Result>(...args: string[]): Promise<Result> {
    const { status, stdout, stderr } = await this.command(...args, '--json').result;
    if (stdout === '') throw new Error(`${args.join(' ')} ended with ${status} and said: ${stderr}`);
    return JSON.parse(stdout) as Result;
  }

  async request(
    path: string,
    init: RequestInit = {},
  ): Promise<{ status: number; headers: Headers; body: unknown }> {
    const response = await fetch(new URL(path, this.url), init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  /** Asks until the answer is good; the test's own time limit ends what never comes. */
  async eventually<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
    for (;;) {
      // While a process is being killed and started again, a refused connection is no answer yet.
      const answer = await ask().catch(() => undefined);
      if (answer !== undefined) return answer;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** Ends everything and removes the data. */
  async dispose(): Promise<void> {
    if (this.server && this.server.exitCode === null && this.server.signalCode === null) await this.stop();
    await this.killEngine().catch(() => undefined);
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { server } = this;
    if (server === undefined) throw new Error('not started');
    const exit = once(server, 'exit');
    server.kill(signal);
    const [status] = (await exit) as [number | null];
    return status;
  }

  private spawn(
    program: readonly string[],
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): ChildProcess {
    return spawn(process.execPath, [...program, ...args], {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '', REGISTRY_DATA: this.dataFolder, PORT: this.port, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

/** A file system in memory where there is room: what a kill leaves is the same there, and nobody waits for a disk. */
async function quickFolder(): Promise<string> {
  const { bavail, bsize } = await statfs('/dev/shm').catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize > ROOM_BYTES ? '/dev/shm' : tmpdir();
}

interface Output {
  stdout: string;
  stderr: string;
}

function collect(child: ChildProcess): { output: Output; said: (text: string) => Promise<void> } {
  const output: Output = { stdout: '', stderr: '' };
  let heard = (): void => {};
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output.stdout += chunk;
    heard();
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk));
  const said = (text: string): Promise<void> =>
    new Promise((resolve) => {
      heard = () => output.stdout.includes(text) && resolve();
      heard();
    });
  return { output, said };
}

async function finished(child: ChildProcess): Promise<Finished> {
  const { output } = collect(child);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, ...output };
}
