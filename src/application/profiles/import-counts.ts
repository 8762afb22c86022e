import type { RowOutcome } from '../../domain/profiles/import/import-plan.ts';
import type { StatedObservation } from '../../domain/profiles/import/stated-observation.ts';
import type { Violation } from '../../domain/shared/errors.ts';
import type { RowPosition } from './ports/company-rows.ts';
import type { ObservationOutcome } from './ports/observation-sink.ts';

/** How many observations ended how. */
export type ObservationCounts = Readonly<Record<ObservationOutcome['status'], number>>;

/** How many rows ended how, and the observations of those that ended well where the import records any. */
export interface ImportCounts extends Readonly<Record<RowOutcome | 'rejected', number>> {
  readonly observations?: ObservationCounts;
}

export interface ImportObserver {
  /** Told after every few rows, and at the end, also of an import that fails: these are done. */
  progressed?(counts: ImportCounts): void;
  rejected?(position: RowPosition, violations: readonly Violation[]): void | Promise<void>;
  /** Told of an observation that is invalid or a conflict; its row, and the others of the row, are not touched by it. */
  refused?(
    position: RowPosition,
    observation: StatedObservation,
    outcome: ObservationOutcome,
  ): void | Promise<void>;
}
