import type { ImportQueue } from '../../application/profiles/ports/import-queue.ts';
import type { ImportId } from '../../domain/profiles/import/file-import.ts';
import type { LocalQueue } from './queue.ts';

/** Imports go on by a queue of this machine. */
export class LocalImportQueue implements ImportQueue {
  constructor(private readonly queue: Pick<LocalQueue, 'send'>) {}

  async goOnWith(importId: ImportId): Promise<void> {
    await this.queue.send([JSON.stringify({ importId })]);
  }
}
