import type { Instant } from '../../domain/shared/time.ts';
import type { Identifier } from '../../domain/statistics/tracked-company.ts';
import type { PendingObservations } from './ports/pending-observations.ts';

/** What waits for a company that bears an identifier. */
export interface Pending {
  readonly identifier: Identifier;
  readonly observations: number;
  /** When the first of them came. */
  readonly since: Instant;
}

export class ListPending {
  constructor(private readonly pending: PendingObservations) {}

  /** The identifiers that something waits for, in no promised order. @throws Unavailable */
  async *execute(): AsyncGenerator<Pending> {
    for await (const identifier of this.pending.identifiers()) {
      let observations = 0;
      let since: Instant | undefined;
      for await (const one of this.pending.waitingFor(identifier)) {
        observations++;
        if (since === undefined || one.since < since) since = one.since;
      }
      if (since !== undefined) yield { identifier, observations, since };
    }
  }
}
