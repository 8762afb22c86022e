import { isOfRevisions, type Drift } from '../../domain/audit/drift.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { AuditedProfiles } from './ports/audited-profiles.ts';
import type { AuditedStatistics } from './ports/audited-statistics.ts';

/** Mends the drift of one company as far as it can be mended. */
export class RepairCompany {
  constructor(
    private readonly profiles: AuditedProfiles,
    private readonly statistics: AuditedStatistics,
  ) {}

  /** Answers how much of the drift it has mended. @throws Unavailable */
  async execute(companyId: CompanyId, drift: readonly Drift[]): Promise<number> {
    const ofReplica = drift.filter((one) => !isOfRevisions(one)).length;
    const missing = drift.flatMap(({ kind, version }) =>
      kind === 'revision-missing' && version !== undefined ? [version] : [],
    );
    const restored = missing.length > 0 ? await this.profiles.restoreRevisions(companyId, missing) : 0;
    return ofReplica > 0 && (await this.#mendReplica(companyId)) ? restored + ofReplica : restored;
  }

  async #mendReplica(companyId: CompanyId): Promise<boolean> {
    // In this order: a replica that followed a profile registered just now is never taken for one without a profile.
    const replica = await this.statistics.find(companyId);
    const profile = await this.profiles.find(companyId);
    if (profile !== undefined) return this.statistics.overwrite(profile);
    return replica !== undefined && this.statistics.forget(replica);
  }
}
