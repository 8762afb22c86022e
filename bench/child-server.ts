import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const OPTIONS = ['--env-file=node.env', '--import', 'tsx', '--import', './bench/tell-cpu.ts'];

export interface ChildServer {
  readonly url: string;
  /** The processor's time that it has taken so far. */
  cpuUs(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a server in a process of its own, as it is run, and waits until it says where it is. */
export async function startChildServer(
  main: string,
  env: Readonly<Record<string, string>>,
): Promise<ChildServer> {
  const child = spawn(process.execPath, [...OPTIONS, main], {
    cwd: ROOT,
    env: { ...process.env, ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const said = /running at (\S+)/.exec(line)?.[1];
      if (said !== undefined) resolve(said);
    });
    child.once('exit', (status) => reject(new Error(`${main} ended with ${status}`)));
  });
  return {
    url,
    cpuUs: async () => {
      const told = once(child, 'message') as Promise<[number]>;
      child.send('cpu');
      const [cpuUs] = await told;
      return cpuUs;
    },
    stop: async () => {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}
