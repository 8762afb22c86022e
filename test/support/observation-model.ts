/**
 * What the statistics should come to, by plain loops over plain numbers: nothing here is shared with the code that it is
 * the measure of. Values are whole and small, so that a double is exact.
 */
export interface ModelReport {
  readonly metric: string;
  readonly unit: string;
  readonly observedAt: string;
  readonly source: string;
  readonly value: number;
  readonly reportedAt?: string;
}

export interface ModelFigures {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly first: number;
  readonly last: number;
  readonly lastAt: string;
}

/** The value that counts for each observation: reported last, of those reported together the lowest. */
export function currentReports(reports: readonly ModelReport[]): ModelReport[] {
  const current = new Map<string, ModelReport>();
  for (const report of reports) {
    const key = JSON.stringify([report.metric, report.unit, report.observedAt, report.source]);
    const known = current.get(key);
    if (known === undefined || isOver(report, known)) current.set(key, report);
  }
  return [...current.values()];
}

/** Of each observation every other value that was reported, when it was reported last. */
export function earlierReports(reports: readonly ModelReport[]): ModelReport[] {
  const latest = new Map<string, ModelReport>();
  const current = new Set<string>();
  const keyOf = (report: ModelReport): string =>
    JSON.stringify([report.metric, report.unit, report.observedAt, report.source, report.value]);
  for (const report of currentReports(reports)) current.add(keyOf(report));
  for (const report of reports) {
    const key = keyOf(report);
    const known = latest.get(key);
    if (known === undefined || (report.reportedAt ?? '') > (known.reportedAt ?? '')) latest.set(key, report);
  }
  return [...latest].filter(([key]) => !current.has(key)).map(([, report]) => report);
}

function isOver(report: ModelReport, known: ModelReport): boolean {
  const [a, b] = [report.reportedAt ?? '', known.reportedAt ?? ''];
  return a === b ? report.value < known.value : a > b;
}

/** @param period the beginning of the texts of time that count, such as `2024-03`; all of them where it is empty */
export function modelFigures(
  reports: readonly ModelReport[],
  series: { readonly metric: string; readonly unit: string },
  period = '',
): ModelFigures | undefined {
  const values = currentReports(reports)
    .filter(({ metric, unit }) => metric === series.metric && unit === series.unit)
    .filter(({ observedAt }) => observedAt.startsWith(period))
    .sort((a, b) =>
      a.observedAt === b.observedAt ? a.value - b.value : a.observedAt < b.observedAt ? -1 : 1,
    );
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const numbers = values.map(({ value }) => value);
  return {
    count: numbers.length,
    sum: numbers.reduce((sum, value) => sum + value, 0),
    min: Math.min(...numbers),
    max: Math.max(...numbers),
    first: first.value,
    last: last.value,
    lastAt: last.observedAt,
  };
}
