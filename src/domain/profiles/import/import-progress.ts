import type { RowOutcome } from './import-plan.ts';

/** How many rows ended how, and how many observations of those that ended well. */
export interface RowCounts extends Readonly<Record<RowOutcome | 'rejected', number>> {
  readonly observations?: Readonly<Record<string, number>>;
}

/**
 * The parts that count of those that one who took up an import has kept: `<series>-1` to `<series>-<count>`. He may have
 * left one more, which does not.
 */
export interface PartSeries {
  readonly series: number;
  readonly count: number;
}

/** How far an import has come: the rows before are done, and told. */
export interface ImportProgress {
  readonly rows: number;
  /** How many there are; absent until the file has been looked through. */
  readonly rowsInFile?: number;
  readonly counts: RowCounts;
  /** What has to be remembered of the rows: those rejected, and which companies they have named. */
  readonly parts: readonly PartSeries[];
  /** Whether a row, or a figure of one, was rejected. */
  readonly hasRejected: boolean;
}

export const NO_PROGRESS: ImportProgress = {
  rows: 0,
  counts: { created: 0, updated: 0, renamed: 0, unchanged: 0, rejected: 0 },
  parts: [],
  hasRejected: false,
};

/** What a number of rows has come to. */
export interface DoneRows {
  readonly rows: number;
  readonly counts: RowCounts;
  readonly hasRejected: boolean;
}

/** The progress of an import that is taken up at the version `series`. */
export function withSeries(before: ImportProgress, series: number): ImportProgress {
  return { ...before, parts: [...before.parts, { series, count: 0 }] };
}

/** The progress some rows further, of which a part of the last series tells. */
export function further(before: ImportProgress, { rows, counts, hasRejected }: DoneRows): ImportProgress {
  return {
    ...before,
    rows: before.rows + rows,
    counts: sumOf(before.counts, counts),
    parts: before.parts.map((part, index) =>
      index === before.parts.length - 1 ? { ...part, count: part.count + 1 } : part,
    ),
    hasRejected: before.hasRejected || hasRejected,
  };
}

/** The name that the next part has. */
export function nextPartOf({ parts }: ImportProgress): string {
  const { series, count } = parts.at(-1) ?? { series: 0, count: 0 };
  return partName(series, count + 1);
}

/** The names of all parts that count, in their order. */
export function partsOf({ parts }: ImportProgress): string[] {
  return parts.flatMap(({ series, count }) => namesOf(series, count));
}

/** The names of all parts that may be there. */
export function possiblePartsOf({ parts }: ImportProgress): string[] {
  return parts.flatMap(({ series, count }) => namesOf(series, count + 1));
}

function namesOf(series: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => partName(series, index + 1));
}

function partName(series: number, number: number): string {
  return `${series}-${number}`;
}

function sumOf(
  { observations: some, ...rows }: RowCounts,
  { observations: more, ...others }: RowCounts,
): RowCounts {
  const observations = some && more ? summed(some, more) : (some ?? more);
  return { ...summed(rows, others), ...(observations && { observations }) };
}

function summed<Name extends string>(
  some: Readonly<Record<Name, number>>,
  more: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const names = [...new Set([...Object.keys(some), ...Object.keys(more)])] as Name[];
  return Object.fromEntries(names.map((name) => [name, (some[name] ?? 0) + (more[name] ?? 0)])) as Record<
    Name,
    number
  >;
}
