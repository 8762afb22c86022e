import { seriesKey } from '../../domain/statistics/series.ts';
import type { SeriesChange, SeriesYears, StoredSeries } from './ports/observations.ts';

/**
 * Rollups of a company as they were read, or written, last: what one commit has written, the next one need not read. Where
 * someone else has changed them since, a commit that is computed from them is refused.
 */
export class KnownRollups {
  readonly #series = new Map<
    string,
    { readonly stored: StoredSeries; readonly years: ReadonlySet<string> }
  >();

  /** The series, if it is known with all of these years. */
  of({ series, years }: SeriesYears): StoredSeries | undefined {
    const known = this.#series.get(seriesKey(series));
    return known && years.every((year) => known.years.has(year)) ? known.stored : undefined;
  }

  /** @param stored what was found of what was asked for, in the same order */
  read(asked: readonly SeriesYears[], stored: readonly StoredSeries[]): void {
    for (const [index, { series, years }] of asked.entries()) {
      this.#series.set(seriesKey(series), { stored: stored[index]!, years: new Set(years) });
    }
  }

  /** Takes over what a commit has written. */
  changed(changes: readonly SeriesChange[]): void {
    for (const { series, rollup } of changes) {
      const known = this.#series.get(seriesKey(series));
      if (rollup === undefined || known === undefined) continue;
      const stored = {
        series,
        revision: rollup.revisionBefore + 1,
        figures: rollup.figures,
        years: new Map([...known.stored.years, ...rollup.years]),
      };
      this.#series.set(seriesKey(series), { ...known, stored });
    }
  }

  forget(): void {
    this.#series.clear();
  }
}
