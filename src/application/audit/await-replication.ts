import { comparePositions, type AuditedCompany } from '../../domain/audit/audited-company.ts';
import { mergeByCompany } from '../../domain/audit/merge-by-company.ts';
import { inParallel } from '../../domain/shared/in-parallel.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { AuditedProfiles } from './ports/audited-profiles.ts';
import type { AuditedStatistics } from './ports/audited-statistics.ts';
import type { Pause } from '../../domain/shared/time.ts';
import { settle, type Look, type Patience } from './settle.ts';

/** Companies that are waited for together. */
const BATCH = 1_000;
/** Reads that are under way at a time. */
const WIDTH = 16;
/** Statistics that take nothing for half a minute will not take the rest either. */
const PATIENCE: Patience = {
  pausesMs: [100, 200, 400, 800, 1_500, ...new Array<number>(14).fill(2_000)],
  looks: 1_000,
};
const IMPATIENCE: Patience = { pausesMs: [0], looks: 1 };
const EXAMPLES = 10;

export interface Replication {
  /** Companies, tombstones too, that statistics knows at the version they had, or a later one. */
  readonly synced: number;
  /** Those that did not arrive in time. */
  readonly waiting: number;
  /** Some of the waiting. */
  readonly examples: readonly CompanyId[];
}

/** Waits until statistics has what profiles has; writes may go on. */
export class AwaitReplication {
  constructor(
    private readonly profiles: AuditedProfiles,
    private readonly statistics: AuditedStatistics,
    private readonly pause: Pause,
  ) {}

  /** @throws Unavailable */
  async execute(onProgress: (synced: number) => void = () => {}): Promise<Replication> {
    let synced = 0;
    let waiting = 0;
    let patience = PATIENCE;
    const examples: CompanyId[] = [];
    let batch: AuditedCompany[] = [];

    const waitForBatch = async (): Promise<void> => {
      const late = await settle(
        batch,
        (profiles) => inParallel(profiles, WIDTH, (profile) => this.#lookAt(profile)),
        this.pause,
        patience,
      );
      // Where nothing at all arrived, the rest is counted and no longer waited for.
      if (late.length === batch.length && batch.length > 0) patience = IMPATIENCE;
      synced += batch.length - late.length;
      waiting += late.length;
      examples.push(...late.slice(0, EXAMPLES - examples.length).map(({ companyId }) => companyId));
      batch = [];
      onProgress(synced);
    };
    for await (const { profile, replica } of mergeByCompany(this.profiles.all(), this.statistics.all())) {
      if (profile === undefined) continue;
      if (replica !== undefined && comparePositions(replica, profile) >= 0) synced++;
      else batch.push(profile);
      if (batch.length === BATCH) await waitForBatch();
    }
    await waitForBatch();
    return { synced, waiting, examples };
  }

  async #lookAt(profile: AuditedCompany): Promise<Look> {
    const replica = await this.statistics.find(profile.companyId);
    return replica !== undefined && comparePositions(replica, profile) >= 0 ? 'settled' : 'still';
  }
}
