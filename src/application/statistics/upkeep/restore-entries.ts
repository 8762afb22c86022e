import type { CompanySeries } from '../../../domain/statistics/standing.ts';
import type { BoardRecords } from '../ports/board-records.ts';
import type { ProjectSeries } from '../project-series.ts';
import type { CheckEntries, ShownSeries } from './check-entries.ts';

/** How often something may have been projected since it was read. */
const ATTEMPTS = 10;

/** Has every board show of series what they are. */
export class RestoreEntries {
  constructor(
    private readonly projectSeries: ProjectSeries,
    private readonly checkEntries: CheckEntries,
    private readonly records: BoardRecords,
  ) {}

  /** @param wanted no two of one company and series @throws Unavailable */
  async execute(wanted: readonly ShownSeries[]): Promise<void> {
    // The door that every entry comes through; it looks at the board of all companies alone.
    await this.projectSeries.execute(
      wanted.map(({ companyId, series }): CompanySeries => ({ companyId, series })),
    );
    let left = wanted;
    for (let attempt = 0; left.length > 0 && attempt < ATTEMPTS; attempt++) {
      const checked = await this.checkEntries.execute(left);
      left = left.filter((_, index) => (checked[index]?.differences.length ?? 0) > 0);
      for (const { stored, others, differences } of checked) {
        if (differences.length > 0) await this.records.rewriteEntries(stored, others);
      }
    }
  }
}
