import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { yearsThatDiffer } from '../../../domain/statistics/rollup-differences.ts';
import { MOST_YEARS, type RollupRecords } from '../ports/rollup-records.ts';
import type { CheckedSeries, CheckRollups } from './check-rollups.ts';

/** How often something may have been written since it was read; each time at least one of both has got on. */
const ATTEMPTS = 200;

/** Has the rollups of a company be what its observations come to. */
export class RestoreRollups {
  constructor(
    private readonly records: RollupRecords,
    private readonly checkRollups: CheckRollups,
  ) {}

  /** What is written to all the time may be left as it is. @throws Unavailable */
  async execute(companyId: CompanyId): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { series } = await this.checkRollups.execute(companyId);
      const differing = series.filter(({ differences }) => differences.length > 0);
      if (differing.length === 0) return;
      for (const one of differing) await this.#restore(companyId, one);
    }
  }

  async #restore(companyId: CompanyId, { stored, right }: CheckedSeries): Promise<void> {
    const years = [...yearsThatDiffer(stored, right)];
    await this.records.restore(companyId, {
      series: stored.series,
      revisionBefore: stored.revision,
      figures: right.figures,
      // The others are found to differ again.
      years: new Map(years.slice(0, MOST_YEARS)),
    });
  }
}
