/** What an error means to whoever caused it. The edge maps a kind to its own language (an HTTP status, an exit code). */
export type ErrorKind =
  | 'invalid-input'
  | 'not-found'
  | 'conflict'
  | 'version-mismatch'
  | 'version-required'
  | 'key-reused'
  | 'not-yet-synced'
  | 'unavailable';

/** One thing that is wrong with an input, and where: `['identifiers', 0, 'value']`. */
export interface Violation {
  readonly path: readonly (string | number)[];
  readonly detail: string;
}

/**
 * An error that belongs to the interface of the system.
 *
 * `slug` names it for ever (it is the last segment of a problem's `type`), `message` tells a person what to change and
 * `facts` are what a program may need to go on, such as the company that holds an identifier.
 */
export class RegistryError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly slug: string,
    message: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}

export class InvalidInput extends RegistryError {
  constructor(readonly violations: readonly Violation[]) {
    super('invalid-input', 'invalid-input', violations.map(describe).join('; '));
  }

  static at(path: readonly (string | number)[], detail: string): InvalidInput {
    return new InvalidInput([{ path, detail }]);
  }
}

/** Something that the service depends on did not answer, or not in time: the same request may succeed later. */
export class Unavailable extends RegistryError {
  constructor(message: string, options?: { cause: unknown }) {
    super('unavailable', 'unavailable', message);
    if (options) this.cause = options.cause;
  }
}

function describe({ path, detail }: Violation): string {
  return path.length === 0 ? detail : `${path.join('.')}: ${detail}`;
}
