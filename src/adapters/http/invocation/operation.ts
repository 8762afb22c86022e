import type { Fault } from '../invalid-request.ts';
import type { Problem } from '../problem.ts';

/** What a caller sends. `All` is what a Lambda can do: `{input, result}` by the names of its operations. */
export interface Invocation<All, Name extends keyof All> {
  readonly operation: Name;
  readonly input: InputOf<All, Name>;
  /** Follows the request into logs and tables: 1 to 128 visible ASCII characters. One is made where there is none. */
  readonly requestId?: string;
}

/** What is answered: a caller's mistake is an `error` of the same types as over HTTP, and no failed invocation. */
export type InvocationAnswer<Result> =
  { readonly result: Result; readonly error?: never } | { readonly error: Problem; readonly result?: never };

export type InputOf<All, Name extends keyof All> = All[Name] extends { readonly input: infer Input }
  ? Input
  : never;
export type ResultOf<All, Name extends keyof All> = All[Name] extends { readonly result: infer Result }
  ? Result
  : never;

/** Where in a request a member of the input stands. */
export type Place =
  | { readonly in: 'path' | 'query'; readonly name: string }
  | { readonly in: 'version' }
  | { readonly in: 'idempotency-key' }
  /** All of the body, or a member of it. */
  | { readonly in: 'body'; readonly name?: string };

/** How an operation calls a route. */
export interface Operation<Member extends string = string> {
  /** The operationId of the route. */
  readonly route: string;
  readonly places: Readonly<Record<Member, Place>>;
  /** What only this way of calling makes wrong. */
  readonly faultsIn?: (input: Readonly<Record<string, unknown>>) => readonly Fault[];
}

/** One for each operation, and in it one place for each member of its input. */
export type OperationTable<All> = {
  readonly [Name in keyof All]: Operation<keyof InputOf<All, Name> & string>;
};

export function inPath(name: string): Place {
  return { in: 'path', name };
}

export function inQuery(name: string): Place {
  return { in: 'query', name };
}

export const WHOLE_BODY: Place = { in: 'body' };

export function inBody(name: string): Place {
  return { in: 'body', name };
}

export const AS_VERSION: Place = { in: 'version' };
export const AS_IDEMPOTENCY_KEY: Place = { in: 'idempotency-key' };
