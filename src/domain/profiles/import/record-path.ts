import { InvalidInput } from '../../shared/errors.ts';
import { nonEmpty, type Path } from './map-input.ts';

/** The keys from the top of a JSON file to its records: one key, or any, which becomes a column. */
export type RecordPath = readonly ({ readonly key: string } | { readonly column: string })[];

/** The path that a text such as `facts/{tag}/units` states. @throws InvalidInput that names the map's property */
export function recordPathOf(input: unknown, path: Path): RecordPath {
  const segments = nonEmpty(input, path).split('/');
  const steps = segments.map((segment) => {
    const [, column] = /^\{(.+)\}$/.exec(segment) ?? [];
    return column === undefined ? { key: segment } : { column };
  });
  const columns = steps.flatMap((step) => ('column' in step ? [step.column] : []));
  if (segments.includes('') || new Set(columns).size < columns.length) {
    throw InvalidInput.at(
      path,
      'must be keys with a slash between them, each column in braces once: facts/{tag}/units',
    );
  }
  return steps;
}

export function textOfRecordPath(path: RecordPath): string {
  return path.map((step) => ('column' in step ? `{${step.column}}` : step.key)).join('/');
}
