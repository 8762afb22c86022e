import { counts, type Origin, type Reading } from './reading.ts';

/** A row of a file, as its map's readings see it. */
export interface Cells {
  /** The text in a column; undefined where the file has no such column. */
  in(column: string): string | undefined;
  /** What the name of the file tells; undefined where it tells none. */
  readonly fileTime?: string | undefined;
}

/** What a reading found: `filled` tells a cell without the wanted part from a blank one. */
export interface Found {
  readonly value: string;
  readonly filled: boolean;
}

const MS_A_DAY = 86_400_000;
const DAYS_A_MONTH = 365.25 / 12;

/** The text of the first source that has one. @throws UnmappedValue */
export function readText(reading: Reading, cells: Cells): Found {
  let filled = false;
  for (const source of reading) {
    if (!counts(source, cells.fileTime)) continue;
    const { origin, apply } = source;
    if (origin.kind === 'constant') return { value: origin.text, filled: true };
    const text = textOf(origin, cells);
    if (text === '') continue;
    filled = true;
    const value = apply.reduce((made, transform) => (made === '' ? '' : transform(made).trim()), text);
    if (value !== '') return { value, filled };
  }
  return { value: '', filled };
}

function textOf(origin: Exclude<Origin, { kind: 'constant' }>, cells: Cells): string {
  switch (origin.kind) {
    case 'columns':
      for (const column of origin.columns) {
        const text = cells.in(column)?.trim() ?? '';
        if (text !== '') return text;
      }
      return '';
    case 'file-time':
      return cells.fileTime ?? '';
    case 'months':
      return monthsBetween(cells.in(origin.from) ?? '', cells.in(origin.to) ?? '');
    case 'join':
      return origin.parts
        .map((part) => readText(part, cells).value)
        .filter((text) => text !== '')
        .join(origin.separator);
  }
}

/** `3m` from the first day to the last one, both included; `7d` where it is no month; blank without two dates. */
function monthsBetween(from: string, to: string): string {
  const days = (Date.parse(to) - Date.parse(from)) / MS_A_DAY + 1;
  if (!(days >= 1)) return '';
  const months = Math.round(days / DAYS_A_MONTH);
  return months === 0 ? `${Math.round(days)}d` : `${months}m`;
}
