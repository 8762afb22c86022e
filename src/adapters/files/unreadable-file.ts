import { RegistryError } from '../../domain/shared/errors.ts';

/** A file that cannot be read, or not to its end: `message` says where and what to do. */
export class UnreadableFile extends RegistryError {
  constructor(message: string, options?: { readonly cause: unknown }) {
    super('invalid-input', 'unreadable-file', message);
    if (options) this.cause = options.cause;
  }
}
