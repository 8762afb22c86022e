import { Writable } from 'node:stream';
import type { Command } from '../../src/entrypoints/cli/command.ts';
import { dispatch } from '../../src/entrypoints/cli/dispatch.ts';
import type { Registry } from '../../src/entrypoints/composition/registry.ts';

export interface CommandResult {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** Whether the command connected to the running system, and left it again. */
  readonly opened: boolean;
  readonly closed: boolean;
}

/**
 * Runs a command as its user does.
 *
 * @param registry what the command may use of it
 */
export async function runCommand(
  command: Command,
  args: readonly string[],
  registry: { readonly [Part in keyof Registry]?: Partial<Registry[Part]> } = {},
): Promise<CommandResult> {
  const [out, err] = [new Collected(), new Collected()];
  let [opened, closed] = [false, false];
  const open = async (): Promise<Registry> => {
    opened = true;
    return { ...registry, close: async () => void (closed = true) } as unknown as Registry;
  };
  const io = { out, err, interactive: false };
  const status = await dispatch([command], [command.name, ...args], io, open);
  return { status, out: out.text, err: err.text, opened, closed };
}

class Collected extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
