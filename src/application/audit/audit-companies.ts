import { driftOf, type Evidence } from '../../domain/audit/drift.ts';
import { mergeByCompany, type Pair } from '../../domain/audit/merge-by-company.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import { AuditTally, type AuditReport } from './audit-report.ts';
import { inParallel } from '../../domain/shared/in-parallel.ts';
import type { AuditedProfiles } from './ports/audited-profiles.ts';
import type { AuditedStatistics } from './ports/audited-statistics.ts';
import type { Pause } from '../../domain/shared/time.ts';
import type { RepairCompany } from './repair-company.ts';
import { settle, type Patience } from './settle.ts';
import { Suspect } from './suspect.ts';

/** Companies whose revisions are read together. */
const CHUNK = 128;
const WIDTH = 16;
/** Suspects that wait together: they bound the memory of an audit that finds everything wrong. */
const MOST_SUSPECTS = 10_000;
/** A replica that has not moved for five seconds is not on its way. */
const PATIENCE: Patience = { pausesMs: [200, 800, 2_000, 2_000], looks: 100 };

export interface AuditOptions {
  readonly repair?: boolean;
  /** Told from time to time how many companies were compared. */
  readonly onProgress?: (companies: number) => void;
}

/**
 * Compares what statistics replicates, and the history, with the profiles, while writes go on: what seems to differ
 * counts only if it still does when both sides were read again and a change had the time to arrive.
 */
export class AuditCompanies {
  constructor(
    private readonly profiles: AuditedProfiles,
    private readonly statistics: AuditedStatistics,
    private readonly repairCompany: RepairCompany,
    private readonly pause: Pause,
  ) {}

  /** With `repair`, mends what it finds, audits again and reports what is left. @throws Unavailable */
  async execute({ repair = false, onProgress = () => {} }: AuditOptions = {}): Promise<AuditReport> {
    if (!repair) return this.#audit(onProgress, async () => {});
    let repaired = 0;
    const found = await this.#audit(onProgress, async (suspects) => {
      const mended = await inParallel(suspects, WIDTH, ({ companyId, drift }) =>
        this.repairCompany.execute(companyId, drift),
      );
      repaired += mended.reduce((sum, count) => sum + count, 0);
    });
    const left = found.drift === 0 ? found : await this.#audit(onProgress, async () => {});
    return { ...left, repaired };
  }

  async #audit(
    onProgress: (companies: number) => void,
    onFound: (suspects: readonly Suspect[]) => Promise<void>,
  ): Promise<AuditReport> {
    const tally = new AuditTally();
    let suspected: CompanyId[] = [];
    const confirm = async (): Promise<void> => {
      const found = await this.#confirm(suspected);
      suspected = [];
      for (const { drift } of found) tally.countDrift(drift);
      await onFound(found);
    };

    let chunk: Pair[] = [];
    const compare = async (): Promise<void> => {
      for (const { profile } of chunk) if (profile) tally.countCompany(profile.removed);
      suspected.push(...(await this.#suspectedAmong(chunk)));
      chunk = [];
      onProgress(tally.compared);
      if (suspected.length >= MOST_SUSPECTS) await confirm();
    };
    for await (const pair of mergeByCompany(this.profiles.all(), this.statistics.all())) {
      chunk.push(pair);
      if (chunk.length === CHUNK) await compare();
    }
    await compare();
    await confirm();
    return tally.report();
  }

  async #suspectedAmong(pairs: readonly Pair[]): Promise<CompanyId[]> {
    const seen = await inParallel(pairs, WIDTH, async (pair): Promise<Evidence> => {
      const revisions = pair.profile ? await this.profiles.revisions(pair.companyId) : [];
      return { ...pair, revisions };
    });
    return seen.filter((evidence) => driftOf(evidence).length > 0).map(({ companyId }) => companyId);
  }

  /** Those of the suspected whose drift is no delay. */
  async #confirm(suspected: readonly CompanyId[]): Promise<readonly Suspect[]> {
    const seen = await inParallel(suspected, WIDTH, async (companyId) => this.#evidenceOf(companyId));
    const suspects = seen.map((evidence) => new Suspect(evidence)).filter(({ drift }) => drift.length > 0);
    const look = async (suspect: Suspect) => suspect.look(await this.#evidenceOf(suspect.companyId));
    return settle(suspects, look, this.pause, PATIENCE);
  }

  async #evidenceOf(companyId: CompanyId): Promise<Evidence> {
    const [replica, revisions] = await Promise.all([
      this.statistics.find(companyId),
      this.profiles.revisions(companyId),
    ]);
    // Read last, so that nothing that follows the profile is ever seen ahead of it.
    const profile = await this.profiles.find(companyId);
    return { companyId, revisions, ...(profile && { profile }), ...(replica && { replica }) };
  }
}
