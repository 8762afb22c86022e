import { InvalidInput } from '../../shared/errors.ts';

/** Where something stands in a map: `['company', 'name', 'apply', 0]`. */
export type Path = readonly (string | number)[];

/** A JSON object. @throws InvalidInput */
export function record(input: unknown, path: Path): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw InvalidInput.at(path, 'must be an object');
  }
  return input as Record<string, unknown>;
}

/** Refuses properties that mean nothing: a mistyped one would be ignored. @throws InvalidInput */
export function only(input: Record<string, unknown>, names: readonly string[], path: Path): void {
  const unknown = Object.keys(input).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw InvalidInput.at([...path, unknown], `is unknown here; known are ${names.join(', ')}`);
}

/** @throws InvalidInput */
export function text(input: unknown, path: Path): string {
  if (typeof input !== 'string') throw InvalidInput.at(path, 'must be a text');
  return input;
}

/** @throws InvalidInput */
export function nonEmpty(input: unknown, path: Path): string {
  const value = text(input, path);
  if (value === '') throw InvalidInput.at(path, 'must not be empty');
  return value;
}

/** One text, or a list of them. @throws InvalidInput */
export function texts(input: unknown, path: Path): string[] {
  if (!Array.isArray(input)) return [nonEmpty(input, path)];
  return input.map((entry, index) => nonEmpty(entry, [...path, index]));
}

/** @throws InvalidInput */
export function list<Entry>(
  input: unknown,
  path: Path,
  entryOf: (entry: unknown, path: Path) => Entry,
): Entry[] {
  if (!Array.isArray(input)) throw InvalidInput.at(path, 'must be a list');
  return input.map((entry, index) => entryOf(entry, [...path, index]));
}

/** True or false; false where it is not stated. @throws InvalidInput */
export function flag(input: unknown, path: Path): boolean {
  if (input === undefined) return false;
  if (typeof input !== 'boolean') throw InvalidInput.at(path, 'must be true or false');
  return input;
}

/** @throws InvalidInput */
export function whole(input: unknown, path: Path, isAllowed: (value: number) => boolean): number {
  if (typeof input !== 'number' || !Number.isInteger(input) || !isAllowed(input)) {
    throw InvalidInput.at(path, 'must be a whole number in the range that is documented');
  }
  return input;
}
