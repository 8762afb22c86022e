import { csvLine } from './csv-line.ts';

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A record of an export: texts and numbers, in objects and lists too. What is undefined is left out. */
export type ExportRecord = object;

/**
 * The text of an export, line by line.
 *
 * @param columns those of a CSV, as the import names what is nested: `industry.code`, `tags.0`. What they do not name is not
 *   in the CSV
 */
export async function* exportLines(
  records: AsyncIterable<ExportRecord>,
  format: ExportFormat,
  columns: readonly string[],
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(columns);
  for await (const record of records) {
    if (format === 'ndjson') {
      yield `${JSON.stringify(record)}\n`;
      continue;
    }
    const cells = new Map<string, string>();
    for (const [name, value] of Object.entries(record)) flatten(name, value, cells);
    yield csvLine(columns.map((column) => cells.get(column) ?? ''));
  }
}

function flatten(path: string, value: unknown, cells: Map<string, string>): void {
  if (typeof value === 'string') cells.set(path, value);
  else if (typeof value === 'number') cells.set(path, String(value));
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) flatten(`${path}.${name}`, inner, cells);
  }
}
