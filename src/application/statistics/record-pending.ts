import type { Identifier } from '../../domain/statistics/tracked-company.ts';
import type { PendingObservation, PendingObservations } from './ports/pending-observations.ts';
import type { RecordObservations } from './record-observations.ts';

/** Observations that are recorded together. */
const BATCH = 100;

/** Records what has waited for an identifier, as soon as a company bears it. */
export class RecordPending {
  constructor(
    private readonly pending: PendingObservations,
    private readonly recordObservations: RecordObservations,
  ) {}

  /** @param identifiers no two alike @throws Unavailable */
  async executeAll(identifiers: readonly Identifier[]): Promise<void> {
    for (const identifier of await this.pending.awaited(identifiers)) await this.execute(identifier);
  }

  /** Answers how many were recorded; those of which the figures cannot be kept go on waiting. @throws Unavailable */
  async execute(identifier: Identifier): Promise<number> {
    const companyId = await this.pending.bearerOf(identifier);
    if (companyId === undefined) return 0;
    let count = 0;
    let batch: PendingObservation[] = [];
    const record = async (): Promise<void> => {
      const stated = batch.map(({ observation }) => observation);
      const results = await this.recordObservations.execute(companyId, stated);
      const recorded = batch.filter((_, index) => results[index]?.status !== 'invalid');
      await this.pending.remove(recorded);
      count += recorded.length;
      batch = [];
    };
    for await (const one of this.pending.waitingFor(identifier)) {
      batch.push(one);
      if (batch.length === BATCH) await record();
    }
    if (batch.length > 0) await record();
    return count;
  }
}
