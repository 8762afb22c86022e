import {
  isOfDocuments,
  isOfFigures,
  isOfRevisions,
  type Drift,
  type Evidence,
} from '../../domain/audit/drift.ts';
import type { Discrepancy } from '../../domain/audit/figures.ts';
import { standingDiscrepancies, standingDrift } from '../../domain/audit/standing-drift.ts';
import type { Look } from './settle.ts';

/** A company on which the services seem to disagree, while it is found out whether it is only a delay. */
export class Suspect {
  #now: Evidence;

  constructor(private readonly first: Evidence) {
    this.#now = first;
  }

  get companyId(): Evidence['companyId'] {
    return this.first.companyId;
  }

  /** What is no delay, as far as is known. */
  get drift(): Drift[] {
    return standingDrift(this.first, this.#now);
  }

  /** What of it statistics finds in its own figures. */
  get discrepancies(): Discrepancy[] {
    return standingDiscrepancies(this.first, this.#now);
  }

  /** Takes later evidence into account. */
  look(now: Evidence): Look {
    const before = this.#state();
    this.#now = now;
    if (this.drift.length === 0) return 'settled';
    return this.#state() === before ? 'still' : 'moving';
  }

  #state(): string {
    const { replica } = this.#now;
    const { drift } = this;
    const missing = drift.filter(isOfRevisions).length;
    const miscounted = drift.filter(isOfDocuments).length;
    const wrong = drift.filter(isOfFigures).length;
    return JSON.stringify([replica?.epoch, replica?.version, missing, miscounted, wrong]);
  }
}
