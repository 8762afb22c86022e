import type { Registry } from '../composition/registry.ts';

/** Where a command writes: results to `out`, progress and errors to `err`. */
export interface CommandIo {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
  /** Whether `err` is a terminal, on which a progress bar may be redrawn. */
  readonly interactive: boolean;
}

/** One subcommand of `npm run registry --`. */
export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** What `<name> --help` prints: arguments, options, exit statuses. */
  readonly usage: string;
  /**
   * @param open connects to the running system; not called where the arguments are wrong
   * @returns the exit status: 0, 1 for a result that is not good (drift, rejected all), 2 for wrong usage
   */
  run(args: readonly string[], io: CommandIo, open: () => Promise<Registry>): Promise<number>;
}
