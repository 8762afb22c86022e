import type {
  PendingObservation,
  PendingObservations,
} from '../../../application/statistics/ports/pending-observations.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { observationKey, type Observation } from '../../../domain/statistics/observation.ts';
import type { Identifier } from '../../../domain/statistics/tracked-company.ts';
import { copyOf } from '../copy-of.ts';
import type { InMemoryProjections } from './in-memory-projections.ts';

export class InMemoryPendingObservations implements PendingObservations {
  /** By identifier what waits for it, by what it says. */
  readonly #pending = new Map<string, Map<string, PendingObservation>>();

  constructor(private readonly projections: InMemoryProjections) {}

  async bearerOf(identifier: Identifier): Promise<CompanyId | undefined> {
    return this.projections.bearerOf(identifier);
  }

  async keep(pending: readonly PendingObservation[]): Promise<void> {
    for (const one of pending) {
      const waiting = this.#pending.get(keyOf(one.identifier)) ?? new Map<string, PendingObservation>();
      const key = reportKey(one.observation);
      if (!waiting.has(key)) waiting.set(key, copyOf(one));
      this.#pending.set(keyOf(one.identifier), waiting);
    }
  }

  async awaited(identifiers: readonly Identifier[]): Promise<readonly Identifier[]> {
    return identifiers.filter((identifier) => this.#pending.has(keyOf(identifier)));
  }

  async *waitingFor(identifier: Identifier): AsyncGenerator<PendingObservation> {
    for (const one of [...(this.#pending.get(keyOf(identifier))?.values() ?? [])]) yield copyOf(one);
  }

  async remove(pending: readonly PendingObservation[]): Promise<void> {
    for (const { identifier, observation } of pending) {
      const waiting = this.#pending.get(keyOf(identifier));
      waiting?.delete(reportKey(observation));
      if (waiting?.size === 0) this.#pending.delete(keyOf(identifier));
    }
  }

  async *identifiers(): AsyncGenerator<Identifier> {
    for (const waiting of [...this.#pending.values()]) {
      for (const { identifier } of [...waiting.values()].slice(0, 1)) yield copyOf(identifier);
    }
  }
}

function keyOf({ scheme, value }: Identifier): string {
  return JSON.stringify([scheme, value]);
}

/** One value at a time of report: two that contradict each other wait beside each other. */
function reportKey(observation: Observation): string {
  return JSON.stringify([observationKey(observation), observation.reportedAt, observation.value]);
}
