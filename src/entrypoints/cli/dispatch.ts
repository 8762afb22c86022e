import type { Registry } from '../composition/registry.ts';
import type { Command, CommandIo } from './command.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs the command that the arguments name.
 *
 * @returns the exit status: that of the command, 1 where it failed, 2 where the arguments are wrong
 */
export async function dispatch(
  commands: readonly Command[],
  [name, ...args]: readonly string[],
  io: CommandIo,
  open: () => Promise<Registry>,
): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io[name === undefined ? 'err' : 'out'].write(`${overviewOf(commands)}\n`);
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((known) => known.name === name);
  if (command === undefined) {
    io.err.write(`There is no command ${name}.\n\n${overviewOf(commands)}\n`);
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    io.out.write(`${command.usage}\n`);
    return 0;
  }
  try {
    return await command.run(args, io, open);
  } catch (error) {
    const { message } = error as Error;
    if (!isUsageError(error)) {
      io.err.write(`${message}\n`);
      return 1;
    }
    io.err.write(`${message}\nMore is told by: npm run registry -- ${name} --help\n`);
    return 2;
  }
}

function overviewOf(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'Usage: npm run registry -- <command> [arguments]',
    '',
    'Works on the running system: the one on this machine (PORT, REGISTRY_DATA), or the one on AWS that the',
    'environment names.',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Each takes --help, and --json for one JSON result on standard output.',
  ].join('\n');
}

/** What a command says of its arguments, or `parseArgs` of node:util. */
function isUsageError(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS') === true;
}
