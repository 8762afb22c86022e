import type { ClaimDrift } from '../../domain/audit/claim-drift.ts';
import { documentPairs, type DocumentPair } from '../../domain/audit/document-drift.ts';
import { driftOf, type Evidence } from '../../domain/audit/drift.ts';
import type { Sighting } from '../../domain/audit/figures.ts';
import { mergeByCompany, type Pair } from '../../domain/audit/merge-by-company.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import { inParallel } from '../../domain/shared/in-parallel.ts';
import type { Pause } from '../../domain/shared/time.ts';
import type { AuditAggregates } from './audit-aggregates.ts';
import type { AuditClaims, SuspectClaim } from './audit-claims.ts';
import { AuditTally, type AuditReport } from './audit-report.ts';
import type { AuditedFigures, FiguresWanted, WrongAggregate } from './ports/audited-figures.ts';
import type { AuditedProfiles } from './ports/audited-profiles.ts';
import type { AuditedStatistics } from './ports/audited-statistics.ts';
import type { RepairCompany } from './repair-company.ts';
import { settle, type Patience } from './settle.ts';
import { Suspect } from './suspect.ts';

/** Companies whose revisions and figures are read together. */
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

/** What is done about what an audit finds. */
interface OnFound {
  companies(suspects: readonly Suspect[], sightings: Sightings): Promise<void>;
  claims(wrong: readonly ClaimDrift[]): Promise<void>;
  aggregates(wrong: readonly WrongAggregate[]): Promise<void>;
}

const NOTHING_IS_DONE: OnFound = {
  companies: async () => {},
  claims: async () => {},
  aggregates: async () => {},
};

type Sightings = ReadonlyMap<CompanyId, readonly Sighting[]>;

/**
 * Compares what statistics replicates and counts, the history, and the claims of identifiers with the profiles, and what statistics
 * computes with what it is made of, while writes go on: what seems to differ counts only if it still does when everything was read again and a
 * change had the time to arrive.
 */
export class AuditCompanies {
  constructor(
    private readonly profiles: AuditedProfiles,
    private readonly statistics: AuditedStatistics,
    private readonly figures: AuditedFigures,
    private readonly auditClaims: AuditClaims,
    private readonly auditAggregates: AuditAggregates,
    private readonly repairCompany: RepairCompany,
    private readonly pause: Pause,
  ) {}

  /** With `repair`, mends what it finds, audits again and reports what is left. @throws Unavailable */
  async execute({ repair = false, onProgress = () => {} }: AuditOptions = {}): Promise<AuditReport> {
    if (!repair) return this.#audit(onProgress, NOTHING_IS_DONE);
    let repaired = 0;
    const found = await this.#audit(onProgress, {
      companies: async (suspects, sightings) => {
        const mended = await inParallel(suspects, WIDTH, ({ companyId, drift, discrepancies }) =>
          this.repairCompany.execute(wanted(companyId, sightings), drift, discrepancies),
        );
        repaired += mended.reduce((sum, count) => sum + count, 0);
      },
      claims: async (wrong) => {
        repaired += await this.auditClaims.mend(wrong);
      },
      aggregates: async (wrong) => {
        const restored = await inParallel(wrong, WIDTH, (one) => one.restore());
        repaired += restored.filter(Boolean).length;
      },
    });
    const left = found.drift === 0 ? found : await this.#audit(onProgress, NOTHING_IS_DONE);
    return { ...left, repaired };
  }

  async #audit(onProgress: (companies: number) => void, onFound: OnFound): Promise<AuditReport> {
    const tally = new AuditTally();
    const series = await this.figures.series();
    const sightings = new Map<CompanyId, Sighting[]>();
    for (const one of series) {
      for await (const sighting of this.figures.strays(one)) {
        sightings.set(sighting.companyId, [...(sightings.get(sighting.companyId) ?? []), sighting]);
      }
    }
    const unseen = new Set(sightings.keys());

    let suspected: CompanyId[] = [];
    const confirm = async (): Promise<void> => {
      const found = await this.#confirm(suspected, sightings);
      suspected = [];
      for (const { drift } of found) tally.countDrift(drift);
      await onFound.companies(found, sightings);
    };

    let suspectClaims: SuspectClaim[] = [];
    const confirmClaims = async (): Promise<void> => {
      const wrong = await this.auditClaims.confirm(suspectClaims);
      suspectClaims = [];
      tally.countDrift(wrong.map(({ kind, companyId, detail }) => ({ kind, companyId, detail })));
      await onFound.claims(wrong);
    };

    let chunk: Pair[] = [];
    const compare = async (): Promise<void> => {
      for (const { companyId, profile } of chunk) {
        if (profile) tally.countCompany(profile.removed);
        unseen.delete(companyId);
      }
      suspected.push(...(await this.#suspectedAmong(chunk, sightings, tally)));
      suspectClaims.push(...(await this.auditClaims.suspectedAmong(chunk)));
      chunk = [];
      onProgress(tally.compared);
      if (suspected.length >= MOST_SUSPECTS) await confirm();
      // An orphan among the claims of companies that lie further apart is told of once more.
      if (suspectClaims.length >= MOST_SUSPECTS) await confirmClaims();
    };
    for await (const pair of mergeByCompany(this.profiles.all(), this.statistics.all())) {
      chunk.push(pair);
      if (chunk.length === CHUNK) await compare();
    }
    await compare();
    // Boards may show companies of which nothing else is known.
    suspected.push(...unseen);
    await confirm();
    await confirmClaims();

    // After the entries, which may have been mended by now.
    const { wrong, undecided } = await this.auditAggregates.execute(series);
    tally.countDrift(wrong.map(({ discrepancy: { kind, detail } }) => ({ kind, detail })));
    await onFound.aggregates(wrong);
    return tally.report({ undecided, waiting: await this.figures.waiting() });
  }

  async #suspectedAmong(
    pairs: readonly Pair[],
    sightings: Sightings,
    tally: AuditTally,
  ): Promise<CompanyId[]> {
    const figures = await this.figures.check(pairs.map(({ companyId }) => wanted(companyId, sightings)));
    for (const one of figures) tally.countFigures(one);
    const revisions = await inParallel(pairs, WIDTH, async ({ companyId, profile }) =>
      profile ? this.profiles.revisions(companyId) : [],
    );
    const documents = await inParallel(pairs, WIDTH, ({ companyId }) => this.#documentsOf(companyId));
    for (const one of documents) tally.countDocuments(one);
    return pairs
      .map((pair, index): Evidence => ({
        ...pair,
        revisions: revisions[index] ?? [],
        documents: documents[index] ?? [],
        discrepancies: figures[index]?.discrepancies ?? [],
      }))
      .filter((evidence) => driftOf(evidence).length > 0)
      .map(({ companyId }) => companyId);
  }

  /** Those of the suspected whose drift is no delay. */
  async #confirm(suspected: readonly CompanyId[], sightings: Sightings): Promise<readonly Suspect[]> {
    const evidenceOf = (companyIds: readonly CompanyId[]): Promise<Evidence[]> =>
      this.#evidenceOf(companyIds.map((companyId) => wanted(companyId, sightings)));
    const seen = await evidenceOf(suspected);
    const suspects = seen.map((evidence) => new Suspect(evidence)).filter(({ drift }) => drift.length > 0);
    const look = async (waiting: readonly Suspect[]) => {
      const now = await evidenceOf(waiting.map(({ companyId }) => companyId));
      return waiting.map((suspect, index) => suspect.look(now[index]!));
    };
    return settle(suspects, look, this.pause, PATIENCE);
  }

  async #evidenceOf(all: readonly FiguresWanted[]): Promise<Evidence[]> {
    const evidence: Evidence[] = [];
    for (let start = 0; start < all.length; start += CHUNK) {
      const chunk = all.slice(start, start + CHUNK);
      const figures = await this.figures.check(chunk);
      const looked = chunk.map(({ companyId }, index) => ({ companyId, figures: figures[index] }));
      const read = await inParallel(looked, WIDTH, ({ companyId, figures: own }) =>
        this.#evidenceOn(companyId, own?.discrepancies ?? []),
      );
      evidence.push(...read);
    }
    return evidence;
  }

  async #documentsOf(companyId: CompanyId): Promise<readonly DocumentPair[]> {
    // In this order, as with companies: nothing that follows is ever seen ahead.
    const counted = await this.statistics.documents(companyId);
    return documentPairs(await this.profiles.documents(companyId), counted);
  }

  async #evidenceOn(companyId: CompanyId, discrepancies: Evidence['discrepancies']): Promise<Evidence> {
    const [replica, revisions, documents] = await Promise.all([
      this.statistics.find(companyId),
      this.profiles.revisions(companyId),
      this.#documentsOf(companyId),
    ]);
    // Read last, so that nothing that follows the profile is ever seen ahead of it.
    const profile = await this.profiles.find(companyId);
    const known = { companyId, revisions, documents, discrepancies };
    return { ...known, ...(profile && { profile }), ...(replica && { replica }) };
  }
}

function wanted(companyId: CompanyId, sightings: Sightings): FiguresWanted {
  return { companyId, sightings: sightings.get(companyId) ?? [] };
}
