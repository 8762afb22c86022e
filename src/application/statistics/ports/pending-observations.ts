import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import type { Observation } from '../../../domain/statistics/observation.ts';
import type { Identifier } from '../../../domain/statistics/tracked-company.ts';

/** An observation that waits for a company which bears an identifier. */
export interface PendingObservation {
  readonly identifier: Identifier;
  readonly observation: Observation;
  readonly since: Instant;
}

/** Which companies bear an identifier, and what waits for one that does. No read is behind any write, unless it says so. */
export interface PendingObservations {
  /** The company that bears the identifier: of several the one that came to bear it last. @throws Unavailable */
  bearerOf(identifier: Identifier): Promise<CompanyId | undefined>;

  /** Keeps them; one that is waiting already is kept once, since when it was. @throws Unavailable */
  keep(pending: readonly PendingObservation[]): Promise<void>;

  /** Those of the identifiers for which something waits, in no promised order; no two alike. @throws Unavailable */
  awaited(identifiers: readonly Identifier[]): Promise<readonly Identifier[]>;

  /** What waits for the identifier. @throws Unavailable */
  waitingFor(identifier: Identifier): AsyncIterable<PendingObservation>;

  /** @throws Unavailable */
  remove(pending: readonly PendingObservation[]): Promise<void>;

  /** The identifiers for which something waits, in no promised order; it may be behind by some writes. @throws Unavailable */
  identifiers(): AsyncIterable<Identifier>;
}
