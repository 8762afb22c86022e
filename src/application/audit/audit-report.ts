import type { DocumentPair } from '../../domain/audit/document-drift.ts';
import { DRIFT_KINDS, type Drift, type DriftKind } from '../../domain/audit/drift.ts';
import type { CompanyFigures } from '../../domain/audit/figures.ts';

export interface AuditReport {
  /** Companies of the profiles service, tombstones not counted. */
  readonly companies: number;
  readonly tombstones: number;
  /** Documents of all companies that are there. */
  readonly documents: number;
  /** Series of all companies, and the observations that they are the fold of. */
  readonly series: number;
  readonly observations: number;
  /** Observations that wait for a company which bears the identifier by which they name it. That is no drift. */
  readonly waiting: number;
  /** Aggregates that were written to whenever they were counted again, so that nothing can be said of them. */
  readonly undecided: number;
  /** How many disagreements there are; after a repair, are left. */
  readonly drift: number;
  /** How many disagreements a repair has mended. */
  readonly repaired?: number;
  readonly kinds: Readonly<Record<DriftKind, number>>;
  /** The first ones, in ascending order of companyId; then those of claims, in the same order; aggregates last. The others are counted only. */
  readonly findings: readonly Drift[];
}

/** The findings that a report tells one by one. */
const MOST_FINDINGS = 1_000;

/** Counts what an audit finds, in bounded memory. */
export class AuditTally {
  readonly #kinds = Object.fromEntries(DRIFT_KINDS.map((kind) => [kind, 0])) as Record<DriftKind, number>;
  readonly #findings: Drift[] = [];
  #companies = 0;
  #tombstones = 0;
  #drift = 0;
  #documents = 0;
  #series = 0;
  #observations = 0;

  get compared(): number {
    return this.#companies + this.#tombstones;
  }

  countCompany(removed: boolean): void {
    if (removed) this.#tombstones++;
    else this.#companies++;
  }

  countDocuments(pairs: readonly DocumentPair[]): void {
    this.#documents += pairs.filter(({ told }) => told?.content !== undefined).length;
  }

  countFigures({ series, observations }: CompanyFigures): void {
    this.#series += series;
    this.#observations += observations;
  }

  countDrift(found: readonly Drift[]): void {
    for (const drift of found) {
      this.#drift++;
      this.#kinds[drift.kind]++;
      if (this.#findings.length < MOST_FINDINGS) this.#findings.push(drift);
    }
  }

  report(others: Pick<AuditReport, 'waiting' | 'undecided'>): AuditReport {
    return {
      companies: this.#companies,
      tombstones: this.#tombstones,
      documents: this.#documents,
      series: this.#series,
      observations: this.#observations,
      ...others,
      drift: this.#drift,
      kinds: this.#kinds,
      findings: this.#findings,
    };
  }
}
