import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { RowPosition } from '../../application/profiles/ports/company-rows.ts';
import type { Violation } from '../../domain/shared/errors.ts';
import { OWN_COLUMNS, rejectedHeader, rejectedLines } from './rejected-lines.ts';
import { UnreadableFile } from './unreadable-file.ts';

const OWN_HEADER = OWN_COLUMNS.join(',');

/** Whether rejected rows may take the place of what is at a path: nothing, what an import left, an empty file, a device. */
export async function isReplaceable(path: string): Promise<boolean> {
  if (!(await isFile(path))) return true;
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(OWN_HEADER.length), 0, OWN_HEADER.length, 0);
    return bytesRead === 0 || buffer.toString('latin1', 0, bytesRead) === OWN_HEADER;
  } finally {
    await file.close();
  }
}

/** The rows that an import refused, as a CSV: why, and what they were. There is no file where none was refused. */
export class RejectedRowsFile {
  #stream: WriteStream | undefined;
  #failure: Error | undefined;
  #columns: readonly string[] = [];

  constructor(readonly path: string) {}

  get isWritten(): boolean {
    return this.#stream !== undefined;
  }

  /** Removes what an earlier import left. */
  async clear(): Promise<void> {
    if (await isFile(this.path)) await rm(this.path, { force: true });
  }

  /** One line for each thing that is wrong with the row. @throws UnreadableFile where the file cannot be written */
  async add(position: RowPosition, violations: readonly Violation[]): Promise<void> {
    const stream = this.#stream ?? this.#begin(position.columns);
    for (const rejected of rejectedLines(position, violations, this.#columns)) {
      if (!stream.write(rejected)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
      if (this.#failure) throw this.#unwritable(this.#failure);
    }
  }

  /** @throws UnreadableFile where the file could not be written to its end */
  async close(): Promise<void> {
    if (this.#stream === undefined) return;
    this.#stream.end();
    try {
      await finished(this.#stream);
    } catch (error) {
      throw this.#unwritable(error as Error);
    }
  }

  #begin(columns: readonly string[]): WriteStream {
    this.#columns = columns;
    this.#stream = createWriteStream(this.path);
    this.#stream.on('error', (error) => (this.#failure = error));
    // Each of the rows that are refused at once may wait for it to drain.
    this.#stream.setMaxListeners(0);
    this.#stream.write(rejectedHeader(columns));
    return this.#stream;
  }

  #unwritable(cause: Error): UnreadableFile {
    return new UnreadableFile(`The rejected rows cannot be written to ${this.path}: ${cause.message}`, {
      cause,
    });
  }
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}
