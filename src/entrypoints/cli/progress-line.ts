import type { CommandIo } from './command.ts';

const INTERACTIVE_EVERY_MS = 100;
const PLAIN_EVERY_MS = 5_000;

/** How far a command has come: a line redrawn in place on a terminal, a new line now and then elsewhere. */
export class ProgressLine {
  #lastAt = Date.now();
  #drawn = false;

  constructor(private readonly io: Pick<CommandIo, 'err' | 'interactive'>) {}

  show(text: string): void {
    const everyMs = this.io.interactive ? INTERACTIVE_EVERY_MS : PLAIN_EVERY_MS;
    if (Date.now() - this.#lastAt < everyMs) return;
    this.#lastAt = Date.now();
    this.io.err.write(this.io.interactive ? `\r\u001b[K${text}` : `${text}\n`);
    this.#drawn = this.io.interactive;
  }

  /** Takes the line away, before anything else is written. */
  clear(): void {
    if (this.#drawn) this.io.err.write('\r\u001b[K');
    this.#drawn = false;
  }
}
