import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * A file of JSON lines that is appended to and, now and then, written anew.
 *
 * What `append` has answered survives a kill of the process: it is with the operating system. A line that was cut short by a
 * kill was never answered, and is passed over.
 */
export class Journal<Entry> {
  private file: FileHandle | undefined;
  private tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly path: string) {}

  /** Every entry from the first on. */
  async *read(): AsyncIterable<Entry> {
    await (await this.openToAppend()).close();
    for await (const line of createInterface({ input: createReadStream(this.path), crlfDelay: Infinity })) {
      const entry = parse<Entry>(line);
      if (entry !== undefined) yield entry;
    }
  }

  async append(entries: readonly Entry[]): Promise<void> {
    await this.exclusively(async () => {
      // A line cut short by a kill must not swallow the next one: every append begins on a line of its own.
      this.file ??= await this.openToAppend();
      await this.file.appendFile('\n' + entries.map((entry) => JSON.stringify(entry)).join('\n'));
    });
  }

  /**
   * Replaces all that there is, at once or not at all.
   *
   * @param entriesNow asked when its turn has come: what is appended afterwards comes behind what it answers
   */
  async rewrite(entriesNow: () => readonly Entry[]): Promise<void> {
    await this.exclusively(async () => {
      await this.file?.close();
      this.file = undefined;
      const next = `${this.path}.next`;
      await rm(next, { force: true });
      const file = await open(next, 'w');
      try {
        await file.writeFile(
          entriesNow()
            .map((entry) => JSON.stringify(entry))
            .join('\n'),
        );
      } finally {
        await file.close();
      }
      await rename(next, this.path);
    });
  }

  private async openToAppend(): Promise<FileHandle> {
    await mkdir(dirname(this.path), { recursive: true });
    return open(this.path, 'a');
  }

  async close(): Promise<void> {
    await this.exclusively(async () => {
      await this.file?.close();
      this.file = undefined;
    });
  }

  /** One operation on the file at a time, each after the ones before it, whether these failed or not. */
  private exclusively<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.tail.then(operation, operation);
    this.tail = result.catch(() => undefined);
    return result;
  }
}

function parse<Entry>(line: string): Entry | undefined {
  try {
    return line === '' ? undefined : (JSON.parse(line) as Entry);
  } catch {
    return undefined;
  }
}
