import { InvalidInput, type Violation } from '../../domain/shared/errors.ts';
import type { Clock } from '../../domain/shared/time.ts';
import type { Observation } from '../../domain/statistics/observation.ts';
import type { Identifier } from '../../domain/statistics/tracked-company.ts';
import type { PendingObservation, PendingObservations } from './ports/pending-observations.ts';
import type { SetAsideEvents } from './ports/set-aside-events.ts';
import type { RecordObservations } from './record-observations.ts';

/** Observations that are recorded together. */
const BATCH = 100;

/** Records what has waited for an identifier, as soon as a company bears it. */
export class RecordPending {
  constructor(
    private readonly pending: PendingObservations,
    private readonly recordObservations: RecordObservations,
    private readonly setAside: SetAsideEvents,
    private readonly clock: Clock,
  ) {}

  /** @param identifiers no two alike @throws Unavailable */
  async executeAll(identifiers: readonly Identifier[]): Promise<void> {
    for (const identifier of await this.pending.awaited(identifiers)) await this.execute(identifier);
  }

  /** Answers how many were recorded; those of which the figures cannot be kept are set aside. @throws Unavailable */
  async execute(identifier: Identifier): Promise<number> {
    const companyId = await this.pending.bearerOf(identifier);
    if (companyId === undefined) return 0;
    let count = 0;
    let messages = 0;
    let batch: PendingObservation[] = [];
    const record = async (): Promise<void> => {
      const stated = batch.map(({ observation }) => observation);
      const results = await this.recordObservations.execute(companyId, stated);
      const refused = batch.flatMap(({ observation }, index) => {
        const result = results[index];
        return result?.status === 'invalid' ? [{ observation, violations: result.violations }] : [];
      });
      if (refused.length > 0) await this.#setAside(identifier, ++messages, refused);
      await this.pending.remove(batch);
      count += batch.length - refused.length;
      batch = [];
    };
    for await (const one of this.pending.waitingFor(identifier)) {
      batch.push(one);
      if (batch.length === BATCH) await record();
    }
    if (batch.length > 0) await record();
    return count;
  }

  /** As the message that they would have come by, had they come now. */
  async #setAside(identifier: Identifier, number: number, refused: readonly Refused[]): Promise<void> {
    const now = this.clock.now();
    const { scheme, value } = identifier;
    await this.setAside.keep({
      messageId: `pending-${scheme}-${value}-${number}`,
      sentAt: now,
      topic: 'company-observations',
      payload: JSON.stringify({ identifier, observations: refused.map(({ observation }) => observation) }),
      reason: refused.map(({ violations }) => new InvalidInput(violations).message).join('; '),
      seenAt: now,
    });
  }
}

interface Refused {
  readonly observation: Observation;
  readonly violations: readonly Violation[];
}
