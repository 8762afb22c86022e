import type { RowOutcome } from './import-plan.ts';

/** How many rows ended how, and how many observations of those that ended well. */
export interface RowCounts extends Readonly<Record<RowOutcome | 'rejected', number>> {
  readonly observations?: Readonly<Record<string, number>>;
}

/** The parts that one of those who worked on an import has kept: `<series>-1` to `<series>-<count>`. */
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

/** What a number of rows has come to, told by the one who took up the import at the version `series`. */
export interface DoneRows {
  readonly rows: number;
  readonly counts: RowCounts;
  readonly series: number;
  readonly hasRejected: boolean;
}

/** The progress some rows further. */
export function further(
  before: ImportProgress,
  { rows, counts, series, hasRejected }: DoneRows,
): ImportProgress {
  return {
    ...before,
    rows: before.rows + rows,
    counts: sumOf(before.counts, counts),
    parts: withNextPart(before.parts, series),
    hasRejected: before.hasRejected || hasRejected,
  };
}

/** The name that the next part has. */
export function nextPartOf({ parts }: ImportProgress, series: number): string {
  return partName(series, (parts.find((known) => known.series === series)?.count ?? 0) + 1);
}

/** The names of all parts, in their order. */
export function partsOf({ parts }: ImportProgress): string[] {
  return parts.flatMap(({ series, count }) =>
    Array.from({ length: count }, (_, index) => partName(series, index + 1)),
  );
}

function partName(series: number, number: number): string {
  return `${series}-${number}`;
}

function withNextPart(parts: readonly PartSeries[], series: number): PartSeries[] {
  const last = parts.at(-1);
  return last?.series === series
    ? [...parts.slice(0, -1), { series, count: last.count + 1 }]
    : [...parts, { series, count: 1 }];
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
