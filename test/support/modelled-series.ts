import { ZERO, type Decimal } from '../../src/domain/shared/decimal.ts';
import type { Figures, ValueAt } from '../../src/domain/statistics/figures.ts';
import type { Observation, Report } from '../../src/domain/statistics/observation.ts';
import type { ObservedAt } from '../../src/domain/statistics/observed-at.ts';
import type { ReportOutcome } from '../../src/domain/statistics/reported.ts';

/** Hundredths as a decimal in its one spelling. */
export function hundredths(number: number): Decimal {
  const text = (Math.abs(number) / 100).toFixed(2).replace(/\.?0+$/, '');
  return text === '0' ? ZERO : (`${number < 0 ? '-' : ''}${text}` as Decimal);
}

interface Known {
  readonly observedAt: ObservedAt;
  readonly source: string;
  /** By value the time of its latest report, empty where none was told. */
  readonly reports: Map<Decimal, string>;
}

/** A series as plainly as it can be told: every report is kept, all else is computed when it is asked for. */
export class ModelledSeries {
  readonly #known = new Map<string, Known>();

  record({ observedAt, source, value, reportedAt: at }: Observation): ReportOutcome {
    const reportedAt: string = at ?? '';
    const key = `${observedAt} ${source}`;
    const known: Known = this.#known.get(key) ?? { observedAt, source, reports: new Map() };
    this.#known.set(key, known);
    const [current] = rankedReports(known);
    const before = known.reports.get(value);
    if (before === undefined || before < reportedAt) known.reports.set(value, reportedAt);
    if (current === undefined) return 'recorded';
    if (current.value === value) return 'unchanged';
    if (reportedAt === '' || reportedAt === (current.reportedAt ?? '')) return 'conflict';
    return reportedAt > (current.reportedAt ?? '') ? 'corrected' : 'superseded';
  }

  /** With what was reported before, in no promised order. */
  observations(): { observation: Pick<Observation, 'observedAt' | 'source'> & Report; earlier: Report[] }[] {
    return [...this.#known.values()].map((known) => {
      const [current, ...earlier] = rankedReports(known);
      const { observedAt, source } = known;
      return { observation: { observedAt, source, ...current! }, earlier };
    });
  }

  /** Of all that was observed at times that begin so. */
  figures(beginning = '', isExact = false): Figures | undefined {
    const values = this.observations()
      .map(({ observation: { observedAt, value } }) => ({ observedAt, value }))
      .filter(({ observedAt }) => (isExact ? observedAt === beginning : observedAt.startsWith(beginning)))
      .sort(byTimeAndValue);
    if (values.length === 0) return undefined;
    const numbers = values.map(({ value }) => Math.round(Number(value) * 100));
    return {
      count: values.length,
      sum: hundredths(numbers.reduce((sum, number) => sum + number, 0)),
      min: hundredths(Math.min(...numbers)),
      max: hundredths(Math.max(...numbers)),
      first: values[0]!,
      last: values.at(-1)!,
    };
  }
}

/** The current one first. */
function rankedReports({ reports }: Known): Report[] {
  return [...reports]
    .sort(([a, at], [b, bt]) => (at === bt ? Number(a) - Number(b) : at < bt ? 1 : -1))
    .map(([value, reportedAt]) => ({
      value,
      ...(reportedAt !== '' && { reportedAt: reportedAt as ObservedAt }),
    }));
}

function byTimeAndValue(left: ValueAt, right: ValueAt): number {
  if (left.observedAt === right.observedAt) return Number(left.value) - Number(right.value);
  return left.observedAt < right.observedAt ? -1 : 1;
}
