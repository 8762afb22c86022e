import {
  isAfterRestore,
  isOfDocuments,
  isOfFigures,
  isOfRevisions,
  type Drift,
  type DriftKind,
} from '../../domain/audit/drift.ts';
import { documentDriftOf, documentPairs, type DocumentPair } from '../../domain/audit/document-drift.ts';
import type { Discrepancy } from '../../domain/audit/figures.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { AuditedFigures, FiguresWanted } from './ports/audited-figures.ts';
import type { AuditedProfiles } from './ports/audited-profiles.ts';
import type { AuditedStatistics } from './ports/audited-statistics.ts';

/** Mends the drift of one company as far as it can be mended. */
export class RepairCompany {
  constructor(
    private readonly profiles: AuditedProfiles,
    private readonly statistics: AuditedStatistics,
    private readonly figures: AuditedFigures,
  ) {}

  /**
   * Answers how much of the drift it has mended.
   *
   * @param discrepancies those of the drift that statistics finds in its own figures
   * @throws Unavailable
   */
  async execute(
    wanted: FiguresWanted,
    drift: readonly Drift[],
    discrepancies: readonly Discrepancy[],
  ): Promise<number> {
    const { companyId } = wanted;
    const ofReplica = drift.filter(isOfReplica).length;
    const missing = versionsOf(drift, 'revision-missing');
    const beyond = isAfterRestore(this.profiles.epoch) ? versionsOf(drift, 'revision-beyond') : [];
    const restored = missing.length > 0 ? await this.profiles.restoreRevisions(companyId, missing) : 0;
    const forgotten = beyond.length > 0 ? await this.profiles.forgetRevisions(companyId, beyond) : 0;
    const replicated = ofReplica > 0 && (await this.#mendReplica(companyId)) ? ofReplica : 0;
    const counted = drift.some(isOfDocuments) ? await this.#mendDocuments(companyId) : 0;
    // Last, since figures show what the replica says, and totals what is counted.
    return restored + forgotten + replicated + counted + (await this.#mendFigures(wanted, discrepancies));
  }

  async #mendDocuments(companyId: CompanyId): Promise<number> {
    // In this order: what is counted of a document that came just now is never taken for one that is not there.
    const counted = await this.statistics.documents(companyId);
    const told = await this.profiles.documents(companyId);
    let mended = 0;
    for (const { pair } of documentDriftOf(documentPairs(told, counted))) {
      if (await this.#mendDocument(companyId, pair)) mended++;
    }
    return mended;
  }

  async #mendDocument(companyId: CompanyId, { told, counted }: DocumentPair): Promise<boolean> {
    if (told !== undefined) return this.statistics.overwriteDocument(companyId, told);
    if (counted === undefined) return false;
    return counted.epoch < this.profiles.epoch
      ? this.statistics.buryDocument(companyId, counted)
      : this.statistics.forgetDocument(companyId, counted);
  }

  async #mendReplica(companyId: CompanyId): Promise<boolean> {
    // In this order: a replica that followed a profile registered just now is never taken for one without a profile.
    const replica = await this.statistics.find(companyId);
    const profile = await this.profiles.find(companyId);
    if (profile !== undefined) return this.statistics.overwrite(profile);
    if (replica === undefined) return false;
    // Where the epoch is the same, the company may be told of again, and anything after a removal would be a fork.
    return replica.epoch < this.profiles.epoch
      ? this.statistics.bury(replica)
      : this.statistics.forget(replica);
  }

  async #mendFigures(wanted: FiguresWanted, discrepancies: readonly Discrepancy[]): Promise<number> {
    if (discrepancies.length === 0) return 0;
    await this.figures.mend(wanted);
    const [now] = await this.figures.check([wanted]);
    const left = new Set(now?.discrepancies.map(({ mark }) => mark));
    return discrepancies.filter(({ mark }) => !left.has(mark)).length;
  }
}

function isOfReplica(drift: Drift): boolean {
  return !isOfRevisions(drift) && !isOfDocuments(drift) && !isOfFigures(drift);
}

function versionsOf(drift: readonly Drift[], wanted: DriftKind): number[] {
  return drift.flatMap(({ kind, version }) => (kind === wanted && version !== undefined ? [version] : []));
}
