import type { Registry } from '../composition/registry.ts';
import type { Command } from './command.ts';
import { importCommand } from './commands/import.ts';
import { dispatch } from './dispatch.ts';

const COMMANDS: readonly Command[] = [importCommand];

/** Loaded when a command needs it: help and wrong arguments are answered at once. */
async function open(): Promise<Registry> {
  const { openRegistry } = await import('../composition/open-registry.ts');
  return openRegistry();
}

const io = { out: process.stdout, err: process.stderr, interactive: process.stderr.isTTY };
process.exitCode = await dispatch(COMMANDS, process.argv.slice(2), io, open);
