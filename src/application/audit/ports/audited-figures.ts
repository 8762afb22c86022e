import type { AuditedSeries, CompanyFigures, Discrepancy, Sighting } from '../../../domain/audit/figures.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';

/** A company whose figures are to be looked at. */
export interface FiguresWanted {
  readonly companyId: CompanyId;
  /** Where boards show it beside where they should, all of them to be looked at. */
  readonly sightings: readonly Sighting[];
}

/** An aggregate that is not the sum of its entries. */
export interface WrongAggregate {
  readonly discrepancy: Discrepancy;
  /** Sets it to that sum unless it has changed since; answers whether it did. @throws Unavailable */
  restore(): Promise<boolean>;
}

export interface Recount {
  readonly wrong: readonly WrongAggregate[];
  /** How many aggregates were written to while they were counted: nothing can be said of them. */
  readonly moved: number;
}

/** What statistics computes: rollups of observations, boards of series, aggregates of boards. */
export interface AuditedFigures {
  /** The series that boards may show; it may be behind by some writes. @throws Unavailable */
  series(): Promise<readonly AuditedSeries[]>;

  /** What the boards of a series show, and nothing known of a company leads to. @throws Unavailable */
  strays(series: AuditedSeries): AsyncIterable<Sighting>;

  /** Whether figures are what they are made of, in the order of what is asked for; not behind any write. @throws Unavailable */
  check(wanted: readonly FiguresWanted[]): Promise<readonly CompanyFigures[]>;

  /** Has figures of a company be what they are made of, but for aggregates. @throws Unavailable */
  mend(wanted: FiguresWanted): Promise<void>;

  /** Counts again what the aggregates of a series, or of companies alone, should be. @throws Unavailable */
  recount(series: AuditedSeries | undefined): Promise<Recount>;

  /** How many observations wait for a company that bears the identifier by which they name it. @throws Unavailable */
  waiting(): Promise<number>;
}
