import type { StatedObservation } from '../../domain/profiles/import/stated-observation.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { Pause } from '../../domain/shared/time.ts';
import type { ImportObserver, ObservationCounts } from './import-counts.ts';
import type { RowPosition } from './ports/company-rows.ts';
import type { ObservationOutcome, ObservationSink } from './ports/observation-sink.ts';
import { retried } from './retried.ts';
import { Slots } from './slots.ts';

const COMPANIES_IN_FLIGHT = 16;
/** So many wait at the most while rows are read; a batch of rows adds to them at once. */
const MOST_WAITING = 4096;

export interface PlacedObservation {
  readonly position: RowPosition;
  readonly observation: StatedObservation;
}

/**
 * The observations of a file on their way: those of one company one call after the other, in their order, several
 * companies at a time.
 */
export class ObservationRun {
  readonly #counts = { recorded: 0, unchanged: 0, corrected: 0, superseded: 0, conflict: 0, invalid: 0 };
  readonly #slots = new Slots(COMPANIES_IN_FLIGHT);
  /** The last call of each company that has one. */
  readonly #calls = new Map<CompanyId, Promise<void>>();
  #waiting = 0;
  #roomFound: (() => void) | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly sink: ObservationSink,
    private readonly pause: Pause,
    private readonly observer: ImportObserver,
  ) {}

  get counts(): ObservationCounts {
    return { ...this.#counts };
  }

  /** What ended the run: nothing is recorded after it. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Has observations of a stored company recorded when those before have been. */
  add(companyId: CompanyId, observations: readonly PlacedObservation[]): void {
    if (observations.length === 0) return;
    this.#waiting += observations.length;
    const call = this.#after(this.#calls.get(companyId), companyId, observations).finally(() => {
      if (this.#calls.get(companyId) === call) this.#calls.delete(companyId);
      this.#waiting -= observations.length;
      if (this.#waiting < MOST_WAITING) this.#roomFound?.();
    });
    this.#calls.set(companyId, call);
  }

  /** Waits until more can be added: memory does not grow with the file. One at a time may wait. */
  async room(): Promise<void> {
    if (this.#waiting < MOST_WAITING) return;
    await new Promise<void>((resolve) => (this.#roomFound = resolve));
    this.#roomFound = undefined;
  }

  /** Waits for everything that was added. */
  async landed(): Promise<void> {
    await Promise.all(this.#calls.values());
  }

  async #after(
    before: Promise<void> | undefined,
    companyId: CompanyId,
    observations: readonly PlacedObservation[],
  ): Promise<void> {
    await before;
    await this.#slots.take();
    try {
      if (!this.#failure) await this.#record(companyId, observations);
    } catch (error) {
      this.#failure ??= { error };
    } finally {
      this.#slots.release();
    }
  }

  async #record(companyId: CompanyId, placed: readonly PlacedObservation[]): Promise<void> {
    const stated = placed.map(({ observation }) => observation);
    const outcomes = await retried(this.pause, () => this.sink.record(companyId, stated));
    for (const [index, { position, observation }] of placed.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) {
        throw new Error(`${outcomes.length} outcomes of ${placed.length} observations were told`);
      }
      this.#counts[outcome.status]++;
      if (isRefused(outcome)) await this.observer.refused?.(position, observation, outcome);
    }
  }
}

function isRefused({ status }: ObservationOutcome): boolean {
  return status === 'conflict' || status === 'invalid';
}
