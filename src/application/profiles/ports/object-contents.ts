import { RegistryError } from '../../../domain/shared/errors.ts';

/** There is no such object, or not any more. */
export class ObjectGone extends RegistryError {
  constructor(objectKey: string, options?: { readonly cause: unknown }) {
    super('not-found', 'object-gone', `There is no object ${objectKey}.`);
    if (options) this.cause = options.cause;
  }
}

/** The contents of objects, for whoever reads and writes them as a stream. */
export interface ObjectContents {
  /** The bytes of an object, as they are asked for. @throws ObjectGone, Unavailable */
  read(objectKey: string): AsyncIterable<Uint8Array>;

  /**
   * Makes an object of the chunks, in the place of one that may be there: all of it or nothing.
   *
   * @throws Unavailable, and what the chunks throw
   */
  write(objectKey: string, contentType: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
}
