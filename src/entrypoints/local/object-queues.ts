import type { LocalQueue } from '../../adapters/local/queue.ts';
import { importIdIn } from '../../domain/profiles/import/import-key.ts';
import type { Messaging } from './messaging.ts';

/** Who is told of an object, by its key; undefined where nobody is. */
export function objectQueues({ objects, imports }: Pick<Messaging, 'objects' | 'imports'>) {
  return (objectKey: string): LocalQueue | undefined => {
    if (!objectKey.startsWith('imports/')) return objects.queue;
    // What imports keep for themselves is nobody else's concern.
    return importIdIn(objectKey) && imports.queue;
  };
}
