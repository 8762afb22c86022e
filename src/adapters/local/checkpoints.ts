import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How far a consumer has come in every shard of a stream. */
export interface Checkpoint {
  readonly stream: string;
  readonly shards: Readonly<Record<string, { readonly sequenceNumber?: string; readonly ended?: true }>>;
}

/** Where consumers keep how far they have come. */
export interface Checkpoints {
  load(consumer: string): Promise<Checkpoint | undefined>;
  save(consumer: string, checkpoint: Checkpoint): Promise<void>;
}

/** Checkpoints in a folder: each is replaced at once, so that a kill leaves the old one or the new one. */
export class FileCheckpoints implements Checkpoints {
  constructor(private readonly folder: string) {}

  async load(consumer: string): Promise<Checkpoint | undefined> {
    try {
      const checkpoint = JSON.parse(await readFile(this.path(consumer), 'utf8')) as Partial<Checkpoint>;
      return checkpoint.stream !== undefined && checkpoint.shards ? (checkpoint as Checkpoint) : undefined;
    } catch (error) {
      // From the start, then: what was consumed before comes again, and consumers expect that.
      if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT')
        return undefined;
      throw error;
    }
  }

  async save(consumer: string, checkpoint: Checkpoint): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const next = `${this.path(consumer)}.next`;
    await writeFile(next, JSON.stringify(checkpoint));
    await rename(next, this.path(consumer));
  }

  private path(consumer: string): string {
    return join(this.folder, `${consumer}.json`);
  }
}

/** Checkpoints that live as long as the process. */
export class MemoryCheckpoints implements Checkpoints {
  private readonly saved = new Map<string, Checkpoint>();

  async load(consumer: string): Promise<Checkpoint | undefined> {
    return this.saved.get(consumer);
  }

  async save(consumer: string, checkpoint: Checkpoint): Promise<void> {
    this.saved.set(consumer, structuredClone(checkpoint));
  }
}
