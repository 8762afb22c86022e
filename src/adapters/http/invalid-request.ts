import { RegistryError, type InvalidInput } from '../../domain/shared/errors.ts';

/**
 * One thing that is wrong with a request. `pointer` says where: a JSON pointer into the body (`/identifiers/0/value`,
 * empty for the whole body), `?name` a query parameter, `{name}` a path parameter, or the name of a header.
 */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** A request that cannot be understood, whatever the state of the registry. */
export class InvalidRequest extends RegistryError {
  constructor(readonly faults: readonly Fault[]) {
    super(
      'invalid-input',
      'invalid-input',
      faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; '),
    );
  }

  static at(pointer: string, detail: string): InvalidRequest {
    return new InvalidRequest([{ pointer, detail }]);
  }
}

/** What the domain finds wrong with path parameters, told as such: a violation's path begins with the parameter's name. */
export function inPath({ violations }: InvalidInput): InvalidRequest {
  return new InvalidRequest(violations.map(({ path, detail }) => ({ pointer: `{${path[0]}}`, detail })));
}

/** The same of query parameters. */
export function inQuery({ violations }: InvalidInput): InvalidRequest {
  return new InvalidRequest(violations.map(({ path, detail }) => ({ pointer: `?${path[0]}`, detail })));
}
