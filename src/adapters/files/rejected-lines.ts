import type { RowPosition } from '../../application/profiles/ports/company-rows.ts';
import type { Violation } from '../../domain/shared/errors.ts';
import { csvLine } from './csv-line.ts';

/** What stands before the columns of a rejected row. */
export const OWN_COLUMNS: readonly string[] = ['row', 'line', 'field', 'reason'];

/** The header of a CSV of rejected rows. @param columns those of the file */
export function rejectedHeader(columns: readonly string[]): string {
  return csvLine([...OWN_COLUMNS, ...columns]);
}

/** One line for each thing that is wrong with a row. @param header the columns of the CSV, which may be another row's */
export function rejectedLines(
  { rowNumber, line, columns, cells }: RowPosition,
  violations: readonly Violation[],
  header: readonly string[],
): string[] {
  const original = header === columns ? cells : header.map((name) => cells[columns.indexOf(name)] ?? '');
  return violations.map(({ path, detail }) =>
    csvLine([String(rowNumber), String(line), path.join('.'), detail, ...original]),
  );
}
