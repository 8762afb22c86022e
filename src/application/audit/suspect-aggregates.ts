import type { AuditedSeries } from '../../domain/audit/figures.ts';
import type { Recount, WrongAggregate } from './ports/audited-figures.ts';
import type { Look } from './settle.ts';

/** The aggregates of a series, or of companies alone, while it is found out whether they are wrong or only written to. */
export class SuspectAggregates {
  #before: Recount | undefined;
  #now: Recount;

  constructor(
    readonly series: AuditedSeries | undefined,
    first: Recount,
  ) {
    this.#now = first;
  }

  get isSettled(): boolean {
    return this.#now.wrong.length === 0 && this.#now.moved === 0;
  }

  /** Those that were the same, and wrong in the same way, when they were counted twice. */
  get wrong(): readonly WrongAggregate[] {
    const known = marksOf(this.#before);
    return this.#now.wrong.filter(({ discrepancy }) => known.has(discrepancy.mark));
  }

  /** How many there are of which nothing can be said: they do not rest. */
  get undecided(): number {
    return this.#now.moved + this.#now.wrong.length - this.wrong.length;
  }

  look(now: Recount): Look {
    this.#before = this.#now;
    this.#now = now;
    if (this.isSettled) return 'settled';
    return this.undecided === 0 && this.wrong.length === this.#before.wrong.length ? 'still' : 'moving';
  }
}

function marksOf(recount: Recount | undefined): ReadonlySet<string> {
  return new Set(recount?.wrong.map(({ discrepancy }) => discrepancy.mark));
}
